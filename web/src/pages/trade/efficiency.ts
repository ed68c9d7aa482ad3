// How much of the range that a trade went through its entry and its exit got.

import type { Trade } from "@trading-journal/sdk";
import { toPixels } from "~/format/index.ts";

export interface Efficiency {
  readonly entry: number | null;
  readonly exit: number | null;
  readonly total: number | null;
  /** Why all of them are null. */
  readonly reason: string | null;
}

type Measured = Pick<Trade, "status" | "side" | "gross_pnl"> & Partial<Pick<Trade, "mae" | "mfe" | "low_price" | "high_price" | "average_entry" | "average_exit">>;

const NONE = { entry: null, exit: null, total: null };

/** By prices where bars tell them, else by the broker's MAE and MFE: the formulas of `GET /v1/metrics`. Shares are for reading, not for reckoning. */
export function efficiencyOf(trade: Measured): Efficiency {
  if (trade.status === "open") return { ...NONE, reason: "The trade is still open" };
  const [low, high, entry, exit] = [trade.low_price, trade.high_price, trade.average_entry, trade.average_exit].map(toPixels);
  if (low != null && high != null && entry != null && exit != null) {
    const isLong = trade.side === "long";
    return shares(high - low, isLong ? high - entry : entry - low, isLong ? exit - low : high - exit, isLong ? exit - entry : entry - exit);
  }
  const [mae, mfe, gross] = [trade.mae, trade.mfe, trade.gross_pnl].map(toPixels);
  if (mae == null || mfe == null || gross == null) return { ...NONE, reason: "Neither the broker's file nor price bars tell how far it went" };
  return shares(mfe - mae, mfe, gross - mae, gross);
}

function shares(range: number, entry: number, exit: number, total: number): Efficiency {
  if (range === 0) return { ...NONE, reason: "The price did not move" };
  return { entry: entry / range, exit: exit / range, total: total / range, reason: null };
}
