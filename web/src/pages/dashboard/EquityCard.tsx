import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { equityQuery } from "~/api/analytics";
import type { Scope } from "~/filters/useScope";
import { Money } from "~/ui/Money";
import { Card } from "~/ui/Card";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorState } from "~/ui/ErrorState";
import { Skeleton } from "~/ui/Skeleton";

// The charting library is not needed to see the figures.
const EquityChart = lazy(async () => ({ default: (await import("~/charts/EquityChart")).EquityChart }));

const HEIGHT = 250;
/** Both charts, the gaps and the line for the table. */
const WHOLE = HEIGHT + 96 + 38;

export function EquityCard({ scope }: { scope: Scope }) {
  const { data, error, refetch } = useQuery({ ...equityQuery(scope.query), enabled: scope.isReady });
  const last = data?.points.at(-1);
  const hasEquity = last?.equity != null;
  return (
    <Card
      title={hasEquity ? "Equity" : "Cumulative P&L"}
      actions={
        last && <Money amount={hasEquity ? last.equity : last.cumulative_net_pnl} unit={data?.unit ?? ""} signed={!hasEquity} />
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton height={WHOLE} />
      ) : data.points.length === 0 ? (
        <EmptyState title="No closed trades to draw">Try another range of days, unit or account.</EmptyState>
      ) : (
        <Suspense fallback={<Skeleton height={WHOLE} />}>
          <EquityChart points={data.points} unit={data.unit} height={HEIGHT} />
        </Suspense>
      )}
    </Card>
  );
}
