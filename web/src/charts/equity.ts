// The equity curve as the columns that a chart draws. Pure.

import type { EquityPoint } from "@trading-journal/sdk";
import { addDays, formatAmount, formatDay, signOf, toPixels, type Day } from "~/format";
import { rowsOf } from "./DataTable";
import type { Reading } from "./PlotTooltip";

type Column = (number | null)[];

export interface EquityColumns {
  /** Seconds of UTC at which the days begin. */
  days: number[];
  /** Equity where the opening balance is known, else the cumulative P&L. */
  curve: Column;
  /** Below the highest value so far: 0 or negative. */
  drawdown: Column;
  hasEquity: boolean;
}

/** In front of the points stands the start, a day before the first: a loss on the first day is a fall as well. */
export function equityColumns(points: readonly EquityPoint[]): EquityColumns {
  const [first] = points;
  const hasEquity = first !== undefined && points.every(({ equity }) => equity != null);
  const made = toPixels(first?.net_pnl) ?? 0;
  const start = hasEquity ? (toPixels(first.equity) ?? 0) - made : 0;
  return {
    days: [...(first ? [secondsOf(addDays(first.day, -1))] : []), ...points.map(({ day }) => secondsOf(day))],
    curve: [...(first ? [start] : []), ...points.map((point) => toPixels(hasEquity ? point.equity : point.cumulative_net_pnl))],
    // Not `-0`, which an axis would show.
    drawdown: [...(first ? [0] : []), ...points.map(({ drawdown }) => 0 - (toPixels(drawdown) ?? 0))],
    hasEquity,
  };
}

function secondsOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

/** What the tooltip says at a point, in the API's own digits. */
export function readEquity(point: EquityPoint, unit: string, hasEquity: boolean): Reading {
  const isDown = signOf(point.drawdown) !== 0;
  return {
    title: formatDay(point.day, { weekday: "short", year: "numeric", month: "short", day: "numeric" }),
    rows: [
      ...(hasEquity ? [{ label: "Equity", value: formatAmount(point.equity, unit) }] : []),
      {
        label: "Total P&L",
        value: formatAmount(point.cumulative_net_pnl, unit, { signed: true }),
        sign: signOf(point.cumulative_net_pnl),
      },
      { label: "That day", value: formatAmount(point.net_pnl, unit, { signed: true }), sign: signOf(point.net_pnl) },
      { label: "Drawdown", value: formatAmount(isDown ? `-${point.drawdown}` : "0", unit), sign: isDown ? -1 : 0 },
      { label: "Trades", value: String(point.trades) },
      ...(signOf(point.flow) === 0 ? [] : [{ label: "Paid in or out", value: formatAmount(point.flow, unit, { signed: true }) }]),
    ],
  };
}

export function equityTable(points: readonly EquityPoint[], unit: string, hasEquity: boolean) {
  const amount = (text: string | null | undefined) => formatAmount(text, unit);
  return {
    columns: ["Day", hasEquity ? "Equity" : "Total P&L", "P&L", "Drawdown", "Trades"],
    ...rowsOf(points, (point) => {
      const value = hasEquity ? point.equity : point.cumulative_net_pnl;
      return [formatDay(point.day), ...[value, point.net_pnl, point.drawdown].map(amount), String(point.trades)];
    }),
  };
}
