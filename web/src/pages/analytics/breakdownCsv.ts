// A breakdown as rows of a file: the API's own texts. Pure.

import type { BreakdownRow } from "@trading-journal/sdk";

export const BREAKDOWN_CSV = [
  "group",
  "trades",
  "wins",
  "losses",
  "scratches",
  "unit",
  "net_pnl",
  "win_rate",
  "win_rate_low",
  "win_rate_high",
  "expectancy",
  "expectancy_low",
  "expectancy_high",
  "profit_factor",
  "p",
  "adjusted_p",
  "may_be_chance",
];

export function breakdownCsv(
  rows: readonly BreakdownRow[],
  unit: string,
  label: (row: BreakdownRow) => string,
): (string | null)[][] {
  const number = (value: number | null | undefined) => (value == null ? null : String(value));
  return rows.map((row) => [
    label(row),
    ...[row.trades, row.wins, row.losses, row.scratches].map(String),
    unit,
    row.net_pnl,
    number(row.win_rate?.value),
    number(row.win_rate?.low),
    number(row.win_rate?.high),
    row.expectancy?.value ?? null,
    row.expectancy?.low ?? null,
    row.expectancy?.high ?? null,
    row.profit_factor ?? null,
    number(row.p),
    number(row.adjusted_p),
    String(row.may_be_chance),
  ]);
}
