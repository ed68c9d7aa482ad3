// Statistics. Each query stays on screen while the one for other filters is on its way.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AnalyticsQuery } from "~/search";
import { api, call } from "./client";

type Shared =
  | ("account_id" | "symbol" | "side" | "from" | "to" | "outcome" | "text")
  | ("tag" | "playbook_id" | "mistake" | "rating");

/** The filters of one cohort, or of both. */
type Side = Pick<AnalyticsQuery, Shared>;

/** A filter behind `a_` or `b_` is of that cohort alone. */
export type CompareQuery = AnalyticsQuery & { [K in keyof Side as `a_${K}`]?: Side[K] } & {
  [K in keyof Side as `b_${K}`]?: Side[K];
};

/** More points than a chart has pixels show nothing more; highs and lows stay. */
const POINTS = 2000;

export function summaryQuery(query: AnalyticsQuery) {
  return queryOptions({
    queryKey: ["analytics", "summary", query],
    queryFn: ({ signal }) => call(api.GET("/v1/analytics/summary", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function equityQuery(query: AnalyticsQuery) {
  return queryOptions({
    queryKey: ["analytics", "equity", query],
    queryFn: ({ signal }) => call(api.GET("/v1/analytics/equity", { params: { query: { ...query, points: POINTS } }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function calendarQuery(query: AnalyticsQuery) {
  return queryOptions({
    queryKey: ["analytics", "calendar", query],
    queryFn: ({ signal }) => call(api.GET("/v1/analytics/calendar", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function breakdownQuery(query: AnalyticsQuery, by: string) {
  return queryOptions({
    queryKey: ["analytics", "breakdown", by, query],
    queryFn: ({ signal }) => call(api.GET("/v1/analytics/breakdown", { params: { query: { ...query, by } }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function distributionQuery(query: AnalyticsQuery) {
  return queryOptions({
    queryKey: ["analytics", "distribution", query],
    queryFn: ({ signal }) => call(api.GET("/v1/analytics/distribution", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function riskQuery(query: AnalyticsQuery, ruinLosses: readonly string[] = []) {
  const asked = ruinLosses.length === 0 ? query : { ...query, ruin_loss: [...ruinLosses] };
  return queryOptions({
    queryKey: ["analytics", "risk", asked],
    queryFn: ({ signal }) => call(api.GET("/v1/analytics/risk", { params: { query: asked }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** The trades that were closed last, of those whose excursions are known. */
export function excursionsQuery(query: Omit<AnalyticsQuery, "unit" | "net">, limit = 200) {
  return queryOptions({
    queryKey: ["analytics", "excursions", query, limit],
    queryFn: ({ signal }) => call(api.GET("/v1/analytics/excursions", { params: { query: { ...query, limit } }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function compareQuery(query: CompareQuery) {
  return queryOptions({
    queryKey: ["analytics", "compare", query],
    queryFn: ({ signal }) => call(api.GET("/v1/analytics/compare", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** What each figure is and how it is made. It changes with the server alone. */
export const metricsQuery = queryOptions({
  queryKey: ["metrics"],
  queryFn: async ({ signal }) => (await call(api.GET("/v1/metrics", { signal }))).items,
  staleTime: Infinity,
});
