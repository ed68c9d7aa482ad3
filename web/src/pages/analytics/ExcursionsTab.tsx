import type { Excursions as Answer } from "@trading-journal/sdk";
import { useQuery } from "@tanstack/react-query";
import { Ruler } from "lucide-react";
import { excursionsQuery } from "~/api/analytics";
import { Excursions } from "~/charts/Excursions";
import type { Scope } from "~/filters/useScope";
import { CsvButton } from "~/figures/CsvButton";
import { Figure, Figures } from "~/figures/Figure";
import { MetricName } from "~/figures/MetricName";
import { QueryCard } from "~/figures/QueryCard";
import { valuesOf } from "~/figures/values";
import { formatCount, formatNumber } from "~/format";
import { analyticsQuery } from "~/search";
import { Card } from "~/ui/Card";
import { EmptyState } from "~/ui/EmptyState";
import { ExcursionTable } from "./ExcursionTable";

const SECTION = "Excursions";

export function ExcursionsTab({ scope }: { scope: Scope }) {
  // Excursions are told in money and before costs, whatever the other figures are in.
  const asked = analyticsQuery({ ...scope.filters, unit: "money", net: true }, scope.zone);
  const query = useQuery({ ...excursionsQuery(asked), enabled: scope.isReady });
  const { data } = query;
  if (data?.coverage.measured === 0) {
    return (
      <Card>
        <EmptyState icon={<Ruler />} title="How far these trades went is not known">
          Exports of NinjaTrader and TradingView tell it. For other trades it follows from price bars, which a program of yours
          can hand in by the API.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <Averages data={data} />
      <QueryCard
        title="How far each trade went"
        description={data && `${coverageText(data)} In money, before costs; the dot is after costs.`}
        query={query}
        height={380}
      >
        {({ trades, currency }) => <Excursions trades={[...trades].reverse()} unit={currency} />}
      </QueryCard>
      <QueryCard
        flush
        title="Trades"
        description="The last closed first."
        query={query}
        height={320}
        actions={({ trades, currency }) => (
          <CsvButton
            name="excursions"
            columns={[
              "trade_id",
              "symbol",
              "closed_at",
              "currency",
              "net_pnl",
              "mae",
              "mfe",
              "entry_efficiency",
              "exit_efficiency",
              "total_efficiency",
              "source",
            ]}
            rows={() =>
              trades.map((trade) => [
                trade.trade_id,
                trade.symbol,
                trade.closed_at,
                currency,
                trade.net_pnl,
                trade.mae,
                trade.mfe,
                ...[trade.entry_efficiency, trade.exit_efficiency, trade.total_efficiency].map((share) =>
                  share == null ? null : String(share),
                ),
                trade.source,
              ])
            }
          />
        )}
      >
        {({ trades, currency }) => <ExcursionTable trades={trades} unit={currency} zone={scope.zone} />}
      </QueryCard>
    </>
  );
}

function coverageText({ coverage: { measured, selected }, trades }: Answer): string {
  const known =
    measured === selected
      ? `Known of all ${formatCount(selected, "trade")}.`
      : `Known of ${formatNumber(measured)} of ${formatCount(selected, "trade")}.`;
  return trades.length < measured ? `${known} The last ${trades.length} are shown.` : known;
}

function Averages({ data }: { data: Answer | undefined }) {
  const values = data && valuesOf(data.notes, data.currency);
  const name = (id: string, text: string) => (
    <MetricName id={id} section={SECTION}>
      {text}
    </MetricName>
  );
  const average = "Average of the trades";
  return (
    <Figures label="Averages">
      <Figure
        name={name("mae", "Average MAE")}
        value={values?.amount(data?.average_mae?.amount, "average_mae", true)}
        note="At worst"
      />
      <Figure
        name={name("mfe", "Average MFE")}
        value={values?.amount(data?.average_mfe?.amount, "average_mfe", true)}
        note="At best"
      />
      <Figure
        name={name("entry_efficiency", "Entry efficiency")}
        value={values?.share(data?.average_entry_efficiency, "average_entry_efficiency")}
        note={average}
      />
      <Figure
        name={name("exit_efficiency", "Exit efficiency")}
        value={values?.share(data?.average_exit_efficiency, "average_exit_efficiency")}
        note={average}
      />
      <Figure
        name={name("total_efficiency", "Total efficiency")}
        value={values?.share(data?.average_total_efficiency, "average_total_efficiency")}
        note={average}
      />
    </Figures>
  );
}
