import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { budget } from "./bundle/budget.ts";
import { compress } from "./bundle/compress.ts";
import { serviceWorker } from "./src/offline/worker/plugin.ts";

const gateway = process.env["GATEWAY_URL"] ?? "http://127.0.0.1:8080";

/** What the browser asks of the gateway. `Origin` becomes the gateway's own, as it is when the gateway serves the built files. */
const toGateway = {
  target: gateway,
  changeOrigin: true,
  ws: true,
  headers: { origin: new URL(gateway).origin },
};

const buildId = Date.now().toString(36);

/** What most pages need comes in two files rather than in fifty, each of which a browser would ask for and link by itself. */
const chunks = [
  // Changes with its versions alone, so that browsers keep it over many of ours.
  {
    name: "vendor",
    test: /node_modules\/(react|react-dom|@tanstack\/(history|query-core|react-query|react-router|react-store|router-core|store))\//,
    minShareCount: 3,
    priority: 2,
  },
  // Without the components that are heavy and seldom seen first.
  {
    name: "shared",
    test: /src\/(api|figures|filters|format|search|ui\/(?!ConfirmDialog|Dialog|Menu|PopoverRoot|Switch|Tabs))/,
    minShareCount: 3,
    priority: 1,
  },
];

export default defineConfig({
  plugins: [react(), serviceWorker(buildId), budget(), compress()],
  define: { __BUILD_ID__: JSON.stringify(buildId) },
  resolve: {
    alias: {
      "@trading-journal/sdk": path("./sdk/src/index.ts"),
      "~": path("./src"),
      // The SDK lies in a folder with packages of its own; both are to use ours.
      "openapi-fetch": path("./node_modules/openapi-fetch"),
    },
  },
  server: {
    strictPort: true,
    proxy: { "/v1": toGateway, "/health": toGateway, "/.well-known": toGateway },
  },
  build: {
    target: ["chrome120", "firefox121", "safari17.4"],
    // Small files stay files: a strict Content-Security-Policy knows no data: for scripts and fonts.
    assetsInlineLimit: 0,
    sourcemap: true,
    modulePreload: { polyfill: false },
    // 15 KiB for all pages cost less than a request for each component.
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  test: {
    include: ["{src,bundle}/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
