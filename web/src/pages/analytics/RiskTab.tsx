import { useQuery } from "@tanstack/react-query";
import { riskQuery } from "~/api/analytics";
import type { Scope } from "~/filters/useScope";
import { CsvButton } from "~/figures/CsvButton";
import { QueryCard } from "~/figures/QueryCard";
import { formatCount } from "~/format";
import { usePageText } from "~/search";
import { DrawdownTable } from "./DrawdownTable";
import { DailyFacts, LuckFacts } from "./RiskFacts";
import { MonteCarloCard } from "./MonteCarloCard";
import { readLosses, USUAL_LOSSES } from "./losses";

export function RiskTab({ scope }: { scope: Scope }) {
  const [text, setText] = usePageText("losses");
  const losses = text === "" ? USUAL_LOSSES[scope.filters.unit] : readLosses(text);
  const query = useQuery({ ...riskQuery(scope.query, losses), enabled: scope.isReady });
  return (
    <>
      <MonteCarloCard query={query} losses={losses} onLosses={setText} />
      <QueryCard title="Risk and return" description="Of the daily P&L, idle days counted as 0." query={query} height={300}>
        {(risk) => <DailyFacts risk={risk} />}
      </QueryCard>
      <QueryCard title="Skill or luck" description="What streaks and the spread of the trades say." query={query} height={120}>
        {(risk) => <LuckFacts risk={risk} />}
      </QueryCard>
      <QueryCard
        flush
        title="Drawdowns"
        description={query.data && drawdownText(query.data.drawdowns.length, query.data.drawdowns_total)}
        query={query}
        height={260}
        actions={({ drawdowns, unit }) =>
          drawdowns.length > 0 && (
            <CsvButton
              name="drawdowns"
              columns={["depth", "unit", "share", "peak", "lowest", "recovered"]}
              rows={() =>
                drawdowns.map(({ amount, percent, from, to, recovered_on }) => [
                  amount,
                  unit,
                  percent == null ? null : String(percent),
                  from,
                  to,
                  recovered_on ?? null,
                ])
              }
            />
          )
        }
      >
        {({ drawdowns, unit }) => <DrawdownTable drawdowns={drawdowns} unit={unit} />}
      </QueryCard>
    </>
  );
}

function drawdownText(shown: number, total: number): string {
  if (total === 0) return "The curve never fell.";
  return shown < total
    ? `The ${shown} deepest of ${total}.`
    : `${formatCount(total, "spell")} from a peak to its recovery, the deepest first.`;
}
