// End to end: a browser against the whole product. `GATEWAY_URL` names it.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    include: [process.env["E2E"] === "screenshots" ? "e2e/screenshots.ts" : "e2e/**/*.e2e.ts"],
    // One browser at a time: a machine has few cores, and the product needs them.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
