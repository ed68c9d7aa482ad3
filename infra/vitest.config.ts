// How the tests of the description of AWS are run.

import { defineConfig } from "vitest/config";

// One process: the synthesized environments are made once and shared by all files.
export default defineConfig({
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000, isolate: false, fileParallelism: false },
});
