// Builds the service worker: `sw.js` with the names of all built files.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

export function serviceWorker(buildId: string): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter((file) => !file.endsWith(".map") && file !== "index.html");
      const copied = readdirSync(path("../../../public"));
      const files = ["/", ...[...built, ...copied].map((file) => `/${file}`)];
      const source = readFileSync(path("./sw.js"), "utf8")
        .replace("/* global __BUILD__, __FILES__ */\n\n", "")
        .replace("__BUILD__", buildId)
        .replace("__FILES__", JSON.stringify(files));
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
