// Small sentences below figures. Pure.

import type { Drawdown } from "@trading-journal/sdk";
import { formatShare } from "~/format";

/** `52.7% to 66.5%`. */
export function between<T>(low: T | null | undefined, high: T | null | undefined, write: (value: T) => string): string {
  return low == null || high == null ? "No interval from so few" : `${write(low)} to ${write(high)}`;
}

export function fallText({ percent, recovered_at }: Drawdown): string {
  const share = percent == null ? "" : `${formatShare(percent)} of the peak, `;
  const state = recovered_at == null ? "not recovered" : "recovered";
  return share === "" ? state.charAt(0).toUpperCase() + state.slice(1) : share + state;
}
