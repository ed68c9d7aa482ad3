// The plan of a trade as a form has it: text, read exactly.

import type { Trade } from "@trading-journal/sdk";
import { compareDecimals, isDecimal, signOf } from "~/format/index.ts";

export interface Plan {
  readonly planned_stop: string;
  readonly planned_target: string;
  readonly risk: string;
}

type Planned = Pick<Trade, "planned_stop" | "planned_target" | "risk">;

const FIELDS = ["planned_stop", "planned_target", "risk"] as const;

export function planOf(trade: Planned): Plan {
  return { planned_stop: trade.planned_stop ?? "", planned_target: trade.planned_target ?? "", risk: trade.risk ?? "" };
}

export interface PlanChange {
  readonly changes: { readonly [Name in keyof Plan]?: string | null };
  readonly errors: { readonly [Name in keyof Plan]?: string };
}

/** What of the plan is another now; an empty field removes. What the API would refuse is told at once. */
export function changeOf(trade: Planned, plan: Plan): PlanChange {
  const changes: { -readonly [Name in keyof Plan]?: string | null } = {};
  const errors: { -readonly [Name in keyof Plan]?: string } = {};
  for (const name of FIELDS) {
    const text = readDecimal(plan[name]);
    const before = trade[name] ?? null;
    if (text === "") {
      if (before !== null) changes[name] = null;
    } else if (!isDecimal(text)) errors[name] = "Enter a number, such as 1234.5";
    else if (name === "risk" && signOf(text) <= 0) errors[name] = "Enter an amount above 0";
    else if (before === null || compareDecimals(before, text) !== 0) changes[name] = text;
  }
  return { changes, errors };
}

/** As people write numbers: spaces and, where it is the only one, a comma for the point. */
export function readDecimal(text: string): string {
  const plain = text.replaceAll(/[\s\u00a0\u202f_']/g, "").replace("−", "-");
  if (/^-?\d+,\d+$/.test(plain)) return plain.replace(",", ".");
  return plain.replace(/^(-?)\./, "$10.");
}
