// Changes of a trade by several parts of its page, and by other devices: none of them overwrites what its writer has not seen.

import type { QueryClient } from "@tanstack/react-query";
import type { Trade, TradeChange } from "@trading-journal/sdk";
import { isReason } from "./problem";
import { changeTrade, rowOf, showRows, tradeKeys, tradeQuery } from "./trades.ts";

/** What of a trade can be changed, as the writer saw it. */
export type Seen = Partial<Pick<Trade, keyof TradeChange>>;

export type Changed =
  | { readonly kind: "changed"; readonly trade: Trade }
  /** What was to be changed is not what the writer saw: nothing was done. */
  | { readonly kind: "conflict"; readonly trade: Trade };

const ATTEMPTS = 4;
/** The changes of one trade follow one another: each names the tag that the one before got. */
const last = new Map<string, Promise<unknown>>();

export function changeSeen(client: QueryClient, id: string, change: TradeChange, seen: Seen): Promise<Changed> {
  const turn = (last.get(id) ?? Promise.resolve()).then(() => attempt(client, id, change, seen));
  last.set(id, turn.catch(() => undefined));
  return turn;
}

async function attempt(client: QueryClient, id: string, change: TradeChange, seen: Seen): Promise<Changed> {
  const query = tradeQuery(id);
  for (let count = 1; ; count += 1) {
    const known = client.getQueryData(query.queryKey) ?? (await client.query(query));
    if (!isAsSeen(known.trade, seen)) return { kind: "conflict", trade: known.trade };
    try {
      const { data, etag } = await changeTrade(id, change, known.etag);
      client.setQueryData(query.queryKey, (now) => (now ? { trade: { ...now.trade, ...data }, etag } : now));
      showRows(client, new Map([[id, rowOf(data)]]));
      void client.invalidateQueries({ queryKey: tradeKeys.lists, refetchType: "none" });
      // They count by what is written, a moment later.
      void client.invalidateQueries({ queryKey: ["analytics"], refetchType: "none" });
      return { kind: "changed", trade: data };
    } catch (error) {
      // Something about the trade was changed elsewhere; whether it was this, the newest read tells.
      if (!isReason(error, "precondition-failed") || count === ATTEMPTS) throw error;
      await client.query({ ...query, staleTime: 0 });
    }
  }
}

function isAsSeen(trade: Trade, seen: Seen): boolean {
  return Object.entries(seen).every(([field, value]) => JSON.stringify(trade[field as keyof Seen] ?? null) === JSON.stringify(value ?? null));
}
