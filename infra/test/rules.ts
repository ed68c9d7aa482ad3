// All rules.

import type { Rule } from "./rule.ts";
import { data } from "./rules/data.ts";
import { network } from "./rules/network.ts";

export const RULES: readonly Rule[] = [...network, ...data];
