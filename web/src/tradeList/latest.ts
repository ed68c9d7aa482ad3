// The few trades that the dashboard lists.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, call } from "~/api/client";
import { NO_FILTERS, tradesQuery, type Filters } from "~/search";

function tradesOf(query: ReturnType<typeof tradesQuery>, limit: number) {
  return queryOptions({
    queryKey: ["trades", "latest", limit, query],
    queryFn: ({ signal }) => call(api.GET("/v1/trades", { params: { query: { ...query, limit } }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** Closed last among those that the filters select. */
export function recentTradesQuery(filters: Filters, zone: string, limit: number) {
  return tradesOf(tradesQuery({ ...filters, status: "closed", sort: "-closed_at" }, zone), limit);
}

/** What is open is open now, whatever days are looked at. */
export function openTradesQuery({ account }: Filters, zone: string, limit: number) {
  const filters: Filters = { ...NO_FILTERS, status: "open", sort: "-opened_at", ...(account === undefined ? {} : { account }) };
  return tradesOf(tradesQuery(filters, zone), limit);
}
