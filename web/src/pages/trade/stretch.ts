// Which prices a trade is shown among. Pure.

import type { TradeDetail } from "@trading-journal/sdk";
import type { Stretch } from "~/api/bars";

/** Beside a trade as much as a half of it, and this much at least: half an hour. */
const LEAST = 30 * 60 * 1000;

export function stretchOf({ symbol, opened_at, closed_at }: Pick<TradeDetail, "symbol" | "opened_at" | "closed_at">): Stretch {
  const opened = Date.parse(opened_at);
  if (closed_at == null) return { symbol, from: instant(opened - LEAST) };
  const closed = Date.parse(closed_at);
  const beside = Math.max(LEAST, (closed - opened) / 2);
  return { symbol, from: instant(opened - beside), to: instant(closed + beside) };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
