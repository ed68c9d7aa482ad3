// Writes docs/operations/cost.md.

import { mkdirSync, writeFileSync } from "node:fs";
import { ENVIRONMENTS } from "../lib/config.ts";
import { pageOf } from "../lib/cost.ts";
import { templatesOf } from "../lib/templates.ts";

const page = new URL("../../docs/operations/cost.md", import.meta.url);
mkdirSync(new URL(".", page), { recursive: true });
writeFileSync(page, pageOf(ENVIRONMENTS.map((env) => templatesOf({ env }))));
console.log("Wrote docs/operations/cost.md");
