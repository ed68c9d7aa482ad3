// Whether a group's gain may be luck: the API's flag, and why it says so.

import type { BreakdownRow } from "@trading-journal/sdk";
import { formatNumber, signOf } from "~/format";
import { Badge } from "~/ui/Badge";
import { Hint } from "~/ui/Hint";
import styles from "./ChanceFlag.module.css";

interface ChanceFlagProps {
  row: BreakdownRow;
  /** Rows that were tested together. */
  family: number;
}

export function ChanceFlag({ row, family }: ChanceFlagProps) {
  const { text, tone, why } = verdict(row, family);
  return (
    <Hint text={why}>
      <button type="button" className={styles.flag} aria-label={`${text}. ${why}`}>
        {tone === undefined ? <span className={styles.quiet}>{text}</span> : <Badge tone={tone}>{text}</Badge>}
      </button>
    </Hint>
  );
}

interface Verdict {
  text: string;
  tone?: "warn" | "gain";
  why: string;
}

export function verdict({ may_be_chance, expectancy, adjusted_p, p }: BreakdownRow, family: number): Verdict {
  const sign = signOf(expectancy?.value ?? "");
  const among = family === 1 ? "" : ` among ${formatNumber(family)} groups`;
  const chance = adjusted_p == null ? "" : ` Adjusted p: ${formatP(adjusted_p)}.`;
  if (!may_be_chance && p == null) return { text: "Not tested", why: "These groups are made of the result itself, so that a test would say nothing." };
  if (sign <= 0) return { text: "No gain", why: "Only gains are tested: a group that lost has none that luck could have made." };
  if (!may_be_chance) return { text: "More than luck", tone: "gain", why: `Luck alone would seldom bring such a gain${among}.${chance}` };
  if (p == null) return { text: "May be chance", tone: "warn", why: "There are too few trades or days to test it." };
  return { text: "May be chance", tone: "warn", why: `Luck alone could well bring such a gain${among}.${chance}` };
}

export function formatP(p: number): string {
  return p < 0.001 ? "below 0.001" : formatNumber(p, { digits: 3 });
}
