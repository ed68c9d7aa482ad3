import type { TradeRow } from "~/api/trades.ts";

const MOST = 200;

/** Why these trades cannot become one, as far as they tell; null: they may. The API knows whether they follow one another. */
export function whyNotMerged(trades: readonly Pick<TradeRow, "account_id" | "symbol">[]): string | null {
  const [first] = trades;
  if (!first || trades.length < 2) return "Select two or more trades to merge them";
  if (trades.length > MOST) return `At most ${MOST} trades become one`;
  if (trades.some(({ symbol }) => symbol !== first.symbol)) return "Only trades in one symbol can be merged";
  if (trades.some(({ account_id }) => account_id !== first.account_id)) return "Only trades of one account can be merged";
  return null;
}
