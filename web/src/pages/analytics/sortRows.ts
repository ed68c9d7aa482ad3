// Rows of a breakdown in the order that was asked for. Pure.

import type { BreakdownRow } from "@trading-journal/sdk";
import { compareDecimals } from "~/format";

export const COLUMNS = ["key", "trades", "win_rate", "net_pnl", "expectancy", "profit_factor", "adjusted_p"] as const;

export type Column = (typeof COLUMNS)[number];

/** `-net_pnl` is the column, descending. */
export interface Order {
  column: Column;
  descending: boolean;
}

export function readOrder(sort: string | undefined): Order | undefined {
  const name = sort?.replace(/^-/, "");
  const column = COLUMNS.find((each) => each === name);
  return column && { column, descending: sort?.startsWith("-") ?? false };
}

export function writeOrder({ column, descending }: Order): string {
  return (descending ? "-" : "") + column;
}

/** What has no value is last, whichever way the others go. */
export function sortRows(
  rows: readonly BreakdownRow[],
  order: Order | undefined,
  label: (row: BreakdownRow) => string,
): readonly BreakdownRow[] {
  if (!order) return rows;
  const way = order.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (order.column === "key") return way * label(a).localeCompare(label(b), undefined, { numeric: true });
    const [left, right] = [valueOf(a, order.column), valueOf(b, order.column)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return way * compare(left, right);
  });
}

function valueOf(row: BreakdownRow, column: Exclude<Column, "key">): string | number | null {
  switch (column) {
    case "win_rate":
      return row.win_rate?.value ?? null;
    case "expectancy":
      return row.expectancy?.value ?? null;
    default:
      return row[column] ?? null;
  }
}

/** Decimals by their digits; `inf` above all of them. */
function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (a === "inf" || b === "inf") return Number(a === "inf") - Number(b === "inf");
  return compareDecimals(String(a), String(b));
}
