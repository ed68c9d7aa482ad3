// Trades: lists of any length, one of them with its fills, and what may be changed about them.

import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { BulkChange, Thawed, Trade, TradeChange } from "@trading-journal/sdk";
import type { TradesQuery } from "~/search/index.ts";
import { api, call, callTagged, idempotencyKey } from "./client";

/** The most that the API answers at once. */
const PAGE = 200;

/** A trade as a list shows it: of its notes, which may be long, only whether there are any. */
export type TradeRow = Omit<Trade, "notes"> & { readonly noted: boolean };

export interface TradePage {
  readonly items: readonly TradeRow[];
  readonly next: string | null;
}

export const tradeKeys = {
  all: ["trades"],
  lists: ["trades", "list"],
  list: (query: TradesQuery) => ["trades", "list", query],
  one: (id: string) => ["trades", "one", id],
  corrections: (fill: string) => ["trades", "corrections", fill],
} as const;

/** One page of the list, with notes: for the table, and for an export that reads them all. */
export function readTrades(query: TradesQuery, cursor: string | null, signal: AbortSignal) {
  const page = cursor === null ? { limit: PAGE } : { limit: PAGE, cursor };
  return call(api.GET("/v1/trades", { params: { query: { ...query, ...page } }, signal }));
}

export function tradesListQuery(query: TradesQuery) {
  return infiniteQueryOptions({
    queryKey: tradeKeys.list(query),
    queryFn: async ({ pageParam, signal }): Promise<TradePage> => {
      const { items, next_cursor } = await readTrades(query, pageParam, signal);
      return { items: items.map(rowOf), next: next_cursor ?? null };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** What an answer from before these fields leaves out: one of a server that is not updated yet while the client is. */
const UNSORTED = { mistakes: [], followed_rules: [], custom: {} };

export function rowOf({ notes, ...trade }: Trade): TradeRow {
  return { ...UNSORTED, ...trade, noted: notes.trim() !== "" };
}

/** Shows changed trades in every list that holds them, without reading the lists again. */
export function showRows(client: QueryClient, rows: ReadonlyMap<string, TradeRow>): void {
  if (rows.size === 0) return;
  client.setQueriesData<InfiniteData<TradePage>>({ queryKey: tradeKeys.lists }, (list) => {
    if (!list) return list;
    const pages = list.pages.map((page) =>
      page.items.some(({ id }) => rows.has(id)) ? { ...page, items: page.items.map((row) => rows.get(row.id) ?? row) } : page,
    );
    return { ...list, pages };
  });
}

/** A trade with the tag that a change of it names. */
export function tradeQuery(id: string) {
  return queryOptions({
    queryKey: tradeKeys.one(id),
    queryFn: async ({ signal }) => {
      const { data, etag } = await callTagged(api.GET("/v1/trades/{id}", { params: { path: { id } }, signal }));
      return { trade: { ...UNSORTED, ...data }, etag };
    },
  });
}

/** Changes what is written about a trade. With `etag`, only if nobody else has meanwhile: else 412. */
export function changeTrade(id: string, change: TradeChange, etag: string | null) {
  const header = etag === null ? {} : { "If-Match": etag };
  // Nothing writes to it; the client's types only say that it might.
  const body = change as Thawed<TradeChange>;
  return callTagged(api.PATCH("/v1/trades/{id}", { params: { path: { id }, header }, body }));
}

/** Changes up to 200 trades, all or none; answers which of them it made a difference to. */
export async function changeTrades(change: BulkChange): Promise<readonly string[]> {
  const header = { "Idempotency-Key": idempotencyKey() };
  const body = change as Thawed<BulkChange>;
  return (await call(api.POST("/v1/trades/bulk", { params: { header }, body }))).changed_trade_ids;
}

export function mergeTrades(ids: readonly string[]) {
  const header = { "Idempotency-Key": idempotencyKey() };
  return call(api.POST("/v1/trades/merge", { params: { header }, body: { trade_ids: [...ids] } }));
}

export type SplitEach = "exit" | "day";

export function splitTrade(id: string, split: { each: SplitEach } | { along: "exits" | "entries"; begins: string[] }) {
  const header = { "Idempotency-Key": idempotencyKey() };
  return call(api.POST("/v1/trades/{id}/split", { params: { path: { id }, header }, body: split }));
}

/** Takes a merge or a split back. */
export function deleteRegrouping(id: string) {
  return call(api.DELETE("/v1/regroupings/{id}", { params: { path: { id } } }));
}
