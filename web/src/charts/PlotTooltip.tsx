// What stands at the cursor of a chart.

import styles from "./Plot.module.css";

export interface Reading {
  title: string;
  rows: readonly { label: string; value: string; sign?: -1 | 0 | 1 }[];
}

const TONES = { "-1": "loss", "0": "value", "1": "gain" } as const;

export interface PlotTooltipProps {
  reading: Reading;
  left: number;
  /** In the right half of the chart, where there is more room at the left of it. */
  isRight: boolean;
}

export function PlotTooltip({ reading, left, isRight }: PlotTooltipProps) {
  const place = { left, transform: `translateX(${isRight ? "calc(-100% - 12px)" : "12px"})` };
  return (
    <div className={styles.tooltip} style={place} aria-hidden="true">
      <div className={styles.title}>{reading.title}</div>
      {reading.rows.map(({ label, value, sign }) => (
        <div key={label} className={styles.row}>
          <span>{label}</span>
          <span className={styles[TONES[`${sign ?? 0}`]]}>{value}</span>
        </div>
      ))}
    </div>
  );
}
