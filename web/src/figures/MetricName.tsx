// The name of a figure, which opens what it is: formula, edges, source.

import { lazy, Suspense, useState, type ReactNode } from "react";
import styles from "./MetricName.module.css";

// Most names are never asked about: what answers is loaded when the first one is.
const FormulaPopover = lazy(async () => ({ default: (await import("./FormulaPopover")).FormulaPopover }));

interface MetricNameProps {
  /** As `GET /v1/metrics` calls it. */
  id: string;
  /** Two sections may use one id; the first of them when absent. */
  section?: string;
  children: ReactNode;
}

export function MetricName({ id, section, children }: MetricNameProps) {
  const [isAsked, setAsked] = useState(false);
  const name = (
    <button type="button" className={styles.name} title="What is this?" aria-haspopup="dialog" onClick={() => setAsked(true)}>
      {children}
    </button>
  );
  if (!isAsked) return name;
  return (
    <Suspense fallback={name}>
      <FormulaPopover id={id} section={section} trigger={name} />
    </Suspense>
  );
}
