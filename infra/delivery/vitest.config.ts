// How the tests of the delivery programs are run.

import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["test/**/*.test.ts"], testTimeout: 120_000 } });
