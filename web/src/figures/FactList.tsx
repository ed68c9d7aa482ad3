// Figures as lines: a name that opens its formula, and the value at the right.

import type { ReactNode } from "react";
import styles from "./FactList.module.css";
import { MetricName } from "./MetricName";

export interface Fact {
  /** As the catalogue of metrics calls it. */
  id: string;
  section?: string;
  name: string;
  value: ReactNode;
}

export function FactList({ label, facts }: { label: string; facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts} aria-label={label}>
      {facts.map(({ id, section, name, value }) => (
        <div key={`${section ?? ""} ${id} ${name}`} className={styles.fact}>
          <dt>
            <MetricName id={id} {...(section === undefined ? {} : { section })}>
              {name}
            </MetricName>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
