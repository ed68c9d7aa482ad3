// What is said about a group's luck: the API's flag in words. Pure.

import type { BreakdownRow } from "@trading-journal/sdk";
import { formatNumber, signOf } from "~/format";

export interface Verdict {
  text: string;
  tone?: "warn" | "gain";
  why: string;
}

export function verdict({ may_be_chance, expectancy, adjusted_p, p }: BreakdownRow, family: number): Verdict {
  const sign = signOf(expectancy?.value ?? "");
  const among = family === 1 ? "" : ` among ${formatNumber(family)} groups`;
  const chance = adjusted_p == null ? "" : ` Adjusted p: ${formatP(adjusted_p)}.`;
  if (!may_be_chance && p == null)
    return { text: "Not tested", why: "These groups are made of the result itself, so that a test would say nothing." };
  if (sign <= 0) return { text: "No gain", why: "Only gains are tested: a group that lost has none that luck could have made." };
  if (!may_be_chance)
    return { text: "More than luck", tone: "gain", why: `Luck alone would seldom bring such a gain${among}.${chance}` };
  if (p == null) return { text: "May be chance", tone: "warn", why: "There are too few trades or days to test it." };
  return { text: "May be chance", tone: "warn", why: `Luck alone could well bring such a gain${among}.${chance}` };
}

export function formatP(p: number): string {
  return p < 0.001 ? "below 0.001" : formatNumber(p, { digits: 3 });
}
