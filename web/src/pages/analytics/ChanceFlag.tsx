// Whether a group's gain may be luck: the API's flag, and why it says so.

import type { BreakdownRow } from "@trading-journal/sdk";
import { Badge } from "~/ui/Badge";
import { Hint } from "~/ui/Hint";
import styles from "./ChanceFlag.module.css";
import { verdict } from "./verdict";

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
