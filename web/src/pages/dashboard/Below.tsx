// What stands below the figures and the curve: a chunk of its own, as it is not what is looked at first.

import type { Scope } from "~/filters/useScope";
import type { Day } from "~/format";
import styles from "./Below.module.css";
import { CalendarCard } from "~/calendar/CalendarCard";
import { TradesCard } from "./TradesCard";

interface BelowProps {
  scope: Scope;
  /** The day of the last trade; absent until it is known. */
  latest: Day | undefined;
}

export function Below({ scope, latest }: BelowProps) {
  return (
    <div className={styles.below}>
      <CalendarCard scope={scope} latest={latest} />
      <div className={styles.trades}>
        <TradesCard scope={scope} which="open" limit={4} />
        <TradesCard scope={scope} which="closed" limit={6} />
      </div>
    </div>
  );
}
