// One bar a row to either side of 0, with the interval of an estimate as a whisker. HTML: labels of any length, any font size.

import type { ReactNode } from "react";
import { formatAmount, signOf, toPixels } from "~/format";
import styles from "./Bars.module.css";

export interface BarRow {
  key: string;
  label: ReactNode;
  value: string | null | undefined;
  low?: string | null | undefined;
  high?: string | null | undefined;
  /** Drawn paler: a bar that may be luck should not look like a fact. */
  isFaint?: boolean;
}

interface BarsProps {
  label: string;
  rows: readonly BarRow[];
  unit: string;
}

export function Bars({ label, rows, unit }: BarsProps) {
  const ends = rows.flatMap(({ value, low, high }) => [value, low, high].map(toPixels)).filter((end) => end !== null);
  const least = Math.min(0, ...ends);
  const span = Math.max(0, ...ends) - least || 1;
  const place = (amount: number) => ((amount - least) / span) * 100;
  return (
    <ul className={styles.bars} aria-label={label}>
      {rows.map((row) => (
        <li key={row.key} className={styles.row}>
          <span className={styles.label}>{row.label}</span>
          <span className={styles.track} aria-hidden>
            <span className={styles.zero} style={{ left: `${place(0)}%` }} />
            <Bar row={row} place={place} />
          </span>
          <span className={styles[tone(row.value)]}>{formatAmount(row.value, unit, { signed: true })}</span>
        </li>
      ))}
    </ul>
  );
}

function Bar({ row, place }: { row: BarRow; place: (amount: number) => number }) {
  const value = toPixels(row.value);
  const [low, high] = [toPixels(row.low), toPixels(row.high)];
  if (value === null) return null;
  const between = (from: number, to: number) => ({ left: `${place(from)}%`, width: `${place(to) - place(from)}%` });
  return (
    <>
      <span
        className={value < 0 ? styles.lossBar : styles.gainBar}
        data-faint={row.isFaint === true || undefined}
        style={between(Math.min(0, value), Math.max(0, value))}
      />
      {low !== null && high !== null && <span className={styles.whisker} style={between(low, high)} />}
    </>
  );
}

function tone(value: string | null | undefined): "gain" | "loss" | "flat" {
  const sign = signOf(value ?? "");
  return sign > 0 ? "gain" : sign < 0 ? "loss" : "flat";
}
