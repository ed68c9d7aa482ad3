// The whole filtered list as a file: every page is read, in turn, and no more than the text of it is kept.

import type { Trade } from "@trading-journal/sdk";
import { toProblem } from "~/api/problem";
import { readTrades } from "~/api/trades.ts";
import type { TradesQuery } from "~/search/index.ts";
import { line } from "~/csv/csv.ts";

/** Text columns of the API, by their names there; lists are joined. */
const FIELDS = [
  "id", "account_id", "symbol", "side", "status", "peak_quantity", "average_entry", "average_exit", "gross_pnl", "net_pnl", "commissions",
  "fees", "other", "currency", "opened_at", "closed_at", "planned_stop", "planned_target", "risk", "r_multiple", "mae", "mfe",
] as const satisfies readonly (keyof Trade)[];

const HEAD = line([...FIELDS, "tags", "notes"]);
/** Spreadsheets take a file for UTF-8 by this. */
const BYTE_ORDER_MARK = "\uFEFF";

export function tradeLine(trade: Trade): string {
  return line([...FIELDS.map((field) => trade[field] ?? null), trade.tags.join("; "), trade.notes]);
}

type ReadPage = typeof readTrades;

/** Calls `told` with the number of trades so far. A page that may be had later is waited for; what `signal` cancels is thrown. */
export async function exportCsv(query: TradesQuery, told: (trades: number) => void, signal: AbortSignal, read: ReadPage = readTrades): Promise<Blob> {
  const parts = [BYTE_ORDER_MARK, HEAD];
  let trades = 0;
  for (let cursor: string | null | undefined = null; cursor !== undefined; ) {
    const page = await patiently(() => read(query, cursor ?? null, signal), signal);
    parts.push(page.items.map(tradeLine).join(""));
    trades += page.items.length;
    told(trades);
    cursor = page.next_cursor ?? undefined;
  }
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const { retryAfter } = toProblem(error);
      if (retryAfter === null || signal.aborted) throw error;
      await pause(retryAfter * 1000, signal);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
