// Where the journal begins: how it went, how sure that is, what is open.

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { summaryQuery } from "~/api/analytics";
import { FilterBar } from "~/filters/FilterBar";
import { UnmeasuredNotice } from "~/filters/UnmeasuredNotice";
import { useScope } from "~/filters/useScope";
import { dayOfInstant, today } from "~/format";
import { Card } from "~/ui/Card";
import { ErrorState } from "~/ui/ErrorState";
import { Page } from "~/ui/Page";
import { Skeleton } from "~/ui/Skeleton";
import { EquityCard } from "./EquityCard";
import { KeyFigures } from "./KeyFigures";
import { NoTrades } from "~/filters/NoTrades";
import { isEverything } from "~/filters/isEverything";

const Below = lazy(async () => ({ default: (await import("./Below")).Below }));

export function DashboardPage() {
  const scope = useScope();
  const { filters, query, zone, isReady } = scope;
  const { data: summary, error, refetch } = useQuery({ ...summaryQuery(query), enabled: isReady });
  const hasNone = summary?.coverage.selected === 0;
  if (hasNone && summary.open_trades === 0 && isEverything(filters)) {
    return (
      <Page title="Dashboard">
        <NoTrades isEmpty />
      </Page>
    );
  }
  const bar = <FilterBar scope={scope} currency={summary?.currency} otherCurrencies={summary?.other_currencies ?? []} />;
  const latest = summary && (summary.to == null ? (filters.to ?? today(zone)) : dayOfInstant(summary.to, zone));
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
      {hasNone && !isEverything(filters) ? <NoTrades /> : <EquityCard scope={scope} />}
      <Suspense fallback={<Skeleton height={480} />}>
        <Below scope={scope} latest={latest} />
      </Suspense>
    </Page>
  );
}
