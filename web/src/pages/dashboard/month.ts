// Which month the calendar shows, and which trades may be of it. Pure.

import type { Scope } from "~/filters/useScope";
import { addDays, addMonths, isDay, type Day } from "~/format";
import { analyticsQuery, type AnalyticsQuery } from "~/search";

/** `?month=2026-07` as the first day of it; whatever else stands there is none. */
export function monthOf(search: unknown): Day | undefined {
  const month: unknown = typeof search === "object" && search !== null && "month" in search ? search.month : undefined;
  const first = `${typeof month === "string" ? month : ""}-01`;
  return isDay(first) ? first : undefined;
}

/**
 * The trades of the month within the filters. A trading day may begin on the calendar day before, so that a few days on
 * both sides are asked for as well.
 */
export function aroundMonth({ filters, zone }: Pick<Scope, "filters" | "zone">, month: Day): AnalyticsQuery {
  const first = addDays(month, -3);
  const last = addDays(addMonths(month, 1), 2);
  const from = filters.from !== undefined && filters.from > first ? filters.from : first;
  const to = filters.to !== undefined && filters.to < last ? filters.to : last;
  return analyticsQuery({ ...filters, from, to }, zone);
}

/** Whether the filters leave out no trade. */
export function isEverything({ account, from, to, currency, symbol, side, outcome, tag, q }: Scope["filters"]): boolean {
  const isUnset = [account, from, to, currency, side, q].every((value) => value === undefined);
  return isUnset && symbol.length + outcome.length + tag.length === 0;
}
