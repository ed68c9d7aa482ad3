// A comparison in a sentence or two. Pure.

import type { Comparison } from "@trading-journal/sdk";
import { formatAmount, signOf } from "~/format";

/** Below this many in a hundred a difference is called more than chance. */
const SELDOM = 5;

export function compareText({ a, b, difference, permutation_p, p, unit }: Comparison): string {
  if (a.trades === 0 || b.trades === 0) return `There are no trades in ${a.trades === 0 ? "A" : "B"}: choose other ones.`;
  if (!difference) return "There are too few trades to compare.";
  const sign = signOf(difference.value);
  if (sign === 0) return "Both made the same per trade.";
  const amount = formatAmount(difference.value.replace("-", ""), unit);
  const made = `A made ${amount} ${sign > 0 ? "more" : "less"} per trade than B.`;
  const chance = permutation_p ?? p;
  if (chance == null) return `${made} There are too few trades to tell whether that is chance.`;
  const inHundred = Math.max(1, Math.round(chance * 100));
  const often = chance < 0.01 ? "fewer than 1" : `about ${inHundred}`;
  const verdict = chance * 100 < SELDOM ? "It is probably more than chance." : "It may well be chance.";
  return `${made} If there were no difference, ${often} of 100 such comparisons would still show one as large. ${verdict}`;
}
