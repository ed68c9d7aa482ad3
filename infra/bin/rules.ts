// Writes RULES.md: what must be so, and the faults that are known to be caught.

import { writeFileSync } from "node:fs";
import { pageOf } from "../test/rule.ts";
import { RULES } from "../test/rules.ts";

writeFileSync(new URL("../RULES.md", import.meta.url), pageOf(RULES));
console.log("Wrote RULES.md");
