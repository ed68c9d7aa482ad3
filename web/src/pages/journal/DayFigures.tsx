import { useQuery } from "@tanstack/react-query";
import { summaryQuery } from "~/api/analytics";
import type { Scope } from "~/filters/useScope";
import { formatNumber, type Day } from "~/format";
import { analyticsQuery } from "~/search";
import { Card } from "~/ui/Card";
import { ErrorState } from "~/ui/ErrorState";
import { Money } from "~/ui/Money";
import { Skeleton } from "~/ui/Skeleton";
import { ofDay } from "./dayScope";
import styles from "./journal.module.css";

/** How the day went, in four figures. */
export function DayFigures({ day, scope }: { day: Day; scope: Scope }) {
  const query = useQuery({ ...summaryQuery(analyticsQuery(ofDay(scope, day), scope.zone)), enabled: scope.isReady });
  const summary = query.data;
  if (query.isError && !summary) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  if (!summary) {
    return (
      <Card>
        <Skeleton height={44} />
      </Card>
    );
  }
  return (
    <Card>
      <dl className={styles.figures}>
        <div>
          <dt>Net P&amp;L</dt>
          <dd>
            <Money amount={summary.net_pnl.amount} unit={summary.net_pnl.currency} signed />
          </dd>
        </div>
        <div>
          <dt>Trades closed</dt>
          <dd>{formatNumber(summary.trades)}</dd>
        </div>
        <div>
          <dt>Won, lost</dt>
          <dd>
            {formatNumber(summary.wins)}, {formatNumber(summary.losses)}
          </dd>
        </div>
        <div>
          <dt>Commissions and fees</dt>
          <dd>
            <Money amount={summary.commissions.amount} unit={summary.commissions.currency} /> +{" "}
            <Money amount={summary.fees.amount} unit={summary.fees.currency} />
          </dd>
        </div>
      </dl>
    </Card>
  );
}
