// One change of many trades.

import type { QueryClient } from "@tanstack/react-query";
import { isReason } from "~/api/problem";
import { changeTrade, rowOf, showRows, tradeKeys, tradeQuery, type TradeRow } from "~/api/trades.ts";
import { applyTags, inverse, type TagChange } from "./tagChange.ts";

/** So many requests at once, that the rest of the page goes on. */
const AT_ONCE = 6;
const ATTEMPTS = 3;

export interface BulkResult {
  /** What takes the change of each trade back; trades that it did not change are not in it. */
  readonly undo: ReadonlyMap<string, TagChange>;
  readonly failed: number;
  readonly error: unknown;
}

/** Changes the tags of each trade, and the lists that show them. */
export async function tagTrades(client: QueryClient, changes: ReadonlyMap<string, TagChange>): Promise<BulkResult> {
  const undo = new Map<string, TagChange>();
  const rows = new Map<string, TradeRow>();
  let failed = 0;
  let error: unknown = null;
  const waiting = [...changes];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [id, change] = next;
      try {
        const done = await tagOne(client, id, change);
        if (!done) continue;
        rows.set(id, done.row);
        undo.set(id, done.back);
      } catch (reason) {
        failed += 1;
        error = reason;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  showRows(client, rows);
  for (const id of rows.keys()) void client.invalidateQueries({ queryKey: tradeKeys.one(id) });
  return { undo, failed, error };
}

async function tagOne(client: QueryClient, id: string, change: TagChange) {
  for (let attempt = 1; ; attempt += 1) {
    const { trade, etag } = await client.query({ ...tradeQuery(id), staleTime: 0 });
    const tags = applyTags(trade.tags, change);
    const back = inverse(trade.tags, tags);
    if (back.add.length + back.remove.length === 0) return null;
    try {
      const { data } = await changeTrade(id, { tags }, etag);
      return { row: rowOf(data), back };
    } catch (error) {
      // Somebody else was faster: on what they made of it.
      if (!isReason(error, "precondition-failed") || attempt === ATTEMPTS) throw error;
    }
  }
}
