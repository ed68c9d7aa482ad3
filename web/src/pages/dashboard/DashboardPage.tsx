// Where the journal begins: how it went, how sure that is, what is open.

import { useQuery } from "@tanstack/react-query";
import { summaryQuery } from "~/api/analytics";
import { FilterBar } from "~/filters/FilterBar";
import { UnmeasuredNotice } from "~/filters/UnmeasuredNotice";
import { useScope } from "~/filters/useScope";
import { dayOfInstant, today } from "~/format";
import { Card } from "~/ui/Card";
import { ErrorState } from "~/ui/ErrorState";
import { Page } from "~/ui/Page";
import { CalendarCard } from "./CalendarCard";
import styles from "./DashboardPage.module.css";
import { EquityCard } from "./EquityCard";
import { FirstSteps } from "./FirstSteps";
import { KeyFigures } from "./KeyFigures";
import { NothingSelected } from "./NothingSelected";
import { TradesCard } from "./TradesCard";
import { isEverything } from "./month";

export function DashboardPage() {
  const scope = useScope();
  const { filters, query, zone, isReady } = scope;
  const { data: summary, error, refetch } = useQuery({ ...summaryQuery(query), enabled: isReady });
  const hasNone = summary?.coverage.selected === 0;
  if (hasNone && summary.open_trades === 0 && isEverything(filters)) {
    return (
      <Page title="Dashboard">
        <FirstSteps />
      </Page>
    );
  }
  const bar = <FilterBar scope={scope} currency={summary?.currency} otherCurrencies={summary?.other_currencies ?? []} />;
  const latest = summary && (summary.to == null ? today(zone) : dayOfInstant(summary.to, zone));
  return (
    <Page title="Dashboard" toolbar={bar}>
      {summary && <UnmeasuredNotice coverage={summary.coverage} unit={filters.unit} />}
      {error && !summary ? (
        <Card>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </Card>
      ) : (
        <KeyFigures summary={summary} net={filters.net} />
      )}
      {hasNone && !isEverything(filters) ? <NothingSelected /> : <EquityCard scope={scope} />}
      <div className={styles.below}>
        <CalendarCard scope={scope} latest={latest} />
        <div className={styles.trades}>
          <TradesCard scope={scope} which="open" limit={4} />
          <TradesCard scope={scope} which="closed" limit={6} />
        </div>
      </div>
    </Page>
  );
}
