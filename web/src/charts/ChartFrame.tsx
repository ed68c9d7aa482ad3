// A chart with its name and its figures as a table.

import type { ReactNode } from "react";
import { DataTable, type DataTableProps } from "./DataTable";
import styles from "./ChartFrame.module.css";

interface ChartFrameProps {
  label: string;
  table: Omit<DataTableProps, "caption">;
  /** Beside the link to the table, such as what the colours mean. */
  legend?: ReactNode;
  children: ReactNode;
}

export function ChartFrame({ label, table, legend, children }: ChartFrameProps) {
  return (
    <figure className={styles.frame} aria-label={label}>
      {children}
      <figcaption className={styles.foot}>
        {legend}
        <DataTable caption={label} {...table} />
      </figcaption>
    </figure>
  );
}

interface LegendProps {
  items: readonly { label: string; mark: "line" | "area" | "dash" | "dot"; color: string }[];
}

/** What the marks of a chart mean. Colours are those of the tokens, `var(--series-1)`. */
export function Legend({ items }: LegendProps) {
  return (
    <ul className={styles.legend}>
      {items.map(({ label, mark, color }) => (
        <li key={label}>
          <span className={styles[mark]} style={{ color }} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  );
}
