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
 * both sides are asked for as well. Undefined where the filters leave none of them.
 */
export function aroundMonth({ filters, zone }: Pick<Scope, "filters" | "zone">, month: Day): AnalyticsQuery | undefined {
  const first = addDays(month, -3);
  const last = addDays(addMonths(month, 1), 2);
  const from = filters.from !== undefined && filters.from > first ? filters.from : first;
  const to = filters.to !== undefined && filters.to < last ? filters.to : last;
  return from > to ? undefined : analyticsQuery({ ...filters, from, to }, zone);
}
