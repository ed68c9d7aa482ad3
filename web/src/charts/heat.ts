// The colours and sums of the calendar. Pure.

import type { CalendarDay } from "@trading-journal/sdk";
import { addDecimals, signOf, toPixels } from "~/format";

export function amountOf(day: CalendarDay, net: boolean): string {
  return net ? day.net_pnl : day.gross_pnl;
}

export function sumOf(days: readonly CalendarDay[], net: boolean): string {
  return days.map((day) => amountOf(day, net)).reduce(addDecimals, "0");
}

/** The largest day of the month is the strongest; text stays readable on every shade. */
export function shadeOf(amount: string | undefined, most: number): string {
  const sign = signOf(amount ?? "");
  if (sign === 0 || most === 0) return amount === undefined ? "transparent" : "var(--surface-sunken)";
  // The root tells small days apart beside a large one.
  const strength = Math.sqrt(Math.abs(toPixels(amount) ?? 0) / most);
  const percent = Math.round(5 + 14 * strength);
  return `color-mix(in srgb, var(${sign > 0 ? "--gain-mark" : "--loss-mark"}) ${percent}%, var(--surface))`;
}
