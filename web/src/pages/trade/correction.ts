// The correction of a fill as a form has it.

import type { Fill, FillCorrection } from "@trading-journal/sdk";
import { compareDecimals, isDecimal, signOf } from "~/format/index.ts";
import { readDecimal } from "./plan.ts";

export interface Statement {
  readonly side: string;
  readonly quantity: string;
  readonly price: string;
  readonly commission: string;
  readonly fees: string;
  /** UTC, as `2026-07-01T13:30:05Z`. */
  readonly executed_at: string;
  readonly reason: string;
}

type Stated = Pick<Fill, "side" | "quantity" | "price" | "commission" | "fees" | "executed_at">;

export function statementOf({ side, quantity, price, commission, fees, executed_at }: Stated): Statement {
  return { side, quantity, price, commission, fees, executed_at, reason: "" };
}

export type StatementErrors = { readonly [Name in keyof Statement]?: string };

const NUMBERS = ["quantity", "price", "commission", "fees"] as const;

/** Only what is stated anew, and what of it cannot be read. Null while nothing is. */
export function correctionOf(fill: Stated, statement: Statement): { correction: FillCorrection | null; errors: StatementErrors } {
  const changes: Record<string, string> = {};
  const errors: { -readonly [Name in keyof Statement]?: string } = {};
  for (const name of NUMBERS) {
    const text = readDecimal(statement[name]);
    if (!isDecimal(text)) errors[name] = "Enter a number, such as 1234.5";
    else if (name === "quantity" && signOf(text) <= 0) errors[name] = "Enter a number above 0";
    else if (compareDecimals(text, fill[name]) !== 0) changes[name] = text;
  }
  if (statement.side !== fill.side) changes["side"] = statement.side;
  const instant = Date.parse(statement.executed_at.trim());
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(statement.executed_at.trim()) || Number.isNaN(instant)) {
    errors.executed_at = "Enter a time with its offset, such as 2026-07-01T13:30:05Z";
  } else if (instant !== Date.parse(fill.executed_at)) changes["executed_at"] = statement.executed_at.trim();
  const reason = statement.reason.trim();
  if (reason === "") errors.reason = "Say why: it stays beside the old details";
  return { correction: Object.keys(changes).length === 0 ? null : { ...changes, reason }, errors };
}
