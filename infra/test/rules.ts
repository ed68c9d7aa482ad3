// All rules.

import type { Rule } from "./rule.ts";
import { access } from "./rules/access.ts";
import { data } from "./rules/data.ts";
import { delivery } from "./rules/delivery.ts";
import { edge } from "./rules/edge.ts";
import { monitoring } from "./rules/monitoring.ts";
import { network } from "./rules/network.ts";
import { queues } from "./rules/queues.ts";
import { running } from "./rules/services.ts";
import { sources } from "./rules/sources.ts";

export const RULES: readonly Rule[] = [...network, ...data, ...access, ...delivery, ...running, ...edge, ...monitoring, ...queues, ...sources];
