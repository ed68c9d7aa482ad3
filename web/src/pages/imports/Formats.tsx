import type { Format } from "@trading-journal/sdk";
import { Card } from "~/ui/Card";
import styles from "./imports.module.css";

/** What can be read, and how to get such a file. */
export function Formats({ formats }: { formats: readonly Format[] }) {
  if (formats.length === 0) return null;
  return (
    <Card title="What can be read" description={`${formats.length} formats. Open one to see how to get such a file and what it cannot tell.`}>
      <div className={styles.formats}>
        {formats.map((format) => (
          <details key={format.id} className={styles.format}>
            <summary>{format.name}</summary>
            <p>{format.description}</p>
            <dl className={styles.facts}>
              <dt>Carries</dt>
              <dd>{format.carries}</dd>
              <dt>Times</dt>
              <dd>{format.times}</dd>
              <dt>Fees</dt>
              <dd>{format.fees}</dd>
              <dt>Limits</dt>
              <dd>{format.limits}</dd>
            </dl>
          </details>
        ))}
      </div>
    </Card>
  );
}
