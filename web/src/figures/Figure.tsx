// A key figure: its name, its value, and a line of what it rests on.

import type { ReactNode } from "react";
import { Skeleton } from "~/ui/Skeleton";
import styles from "./Figure.module.css";

interface FigureProps {
  name: ReactNode;
  /** Absent while it is on its way. */
  value?: ReactNode;
  /** Below the value, in small. */
  note?: ReactNode;
}

export function Figure({ name, value, note }: FigureProps) {
  return (
    <div className={styles.figure}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>{value ?? <Skeleton width="70%" height={28} />}</dd>
      <dd className={styles.note}>{value === undefined ? <Skeleton width="90%" height={14} /> : note}</dd>
    </div>
  );
}

/** Figures beside each other, as many as fit. */
export function Figures({ label, children }: { label: string; children: ReactNode }) {
  return (
    <dl className={styles.figures} aria-label={label}>
      {children}
    </dl>
  );
}
