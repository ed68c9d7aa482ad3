// The trades dealt again and again: where the equity may go, and how likely a loss is.

import type { MonteCarlo, Risk } from "@trading-journal/sdk";
import type { UseQueryResult } from "@tanstack/react-query";
import { Fan } from "~/charts/Fan";
import { reasonOf, ShareEstimate } from "~/figures/Estimate";
import { FactList } from "~/figures/FactList";
import { MetricName } from "~/figures/MetricName";
import { QueryCard } from "~/figures/QueryCard";
import { formatAmount, formatCount, formatNumber } from "~/format";
import { Button } from "~/ui/Button";
import { EmptyState } from "~/ui/EmptyState";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import { sentence } from "~/ui/sentence";
import styles from "./MonteCarloCard.module.css";
import { readLosses } from "./losses";

interface MonteCarloCardProps {
  query: Pick<UseQueryResult<Risk>, "data" | "error" | "refetch">;
  losses: readonly string[];
  onLosses: (text: string) => void;
}

const SECTION = "Monte Carlo";

export function MonteCarloCard({ query, losses, onLosses }: MonteCarloCardProps) {
  const dealt = query.data?.monte_carlo;
  const description = dealt && (
    <>
      Your {formatCount(dealt.trades, "trade")}, dealt again {formatNumber(dealt.paths)} times with replacement.{" "}
      <MetricName id="fan" section={SECTION}>
        How it is made
      </MetricName>
    </>
  );
  return (
    <QueryCard title="Where chance may lead" description={description} query={query} height={420}>
      {({ monte_carlo, unit, notes }) =>
        monte_carlo ? (
          <div className={styles.sides}>
            <Fan points={monte_carlo.fan} unit={unit} height={360} />
            <div className={styles.facts}>
              <Outcome dealt={monte_carlo} unit={unit} />
              <Ruin dealt={monte_carlo} unit={unit} losses={losses} onLosses={onLosses} />
            </div>
          </div>
        ) : (
          <EmptyState title="Nothing to deal">
            {sentence(reasonOf(notes, "monte_carlo") ?? "there are no trades in this unit")}
          </EmptyState>
        )
      }
    </QueryCard>
  );
}

function Outcome({ dealt, unit }: { dealt: MonteCarlo; unit: string }) {
  const amount = (text: string | undefined) => formatAmount(text, unit);
  return (
    <FactList
      label="Outcome of the paths"
      facts={[
        {
          id: "profitable",
          section: SECTION,
          name: "Paths that end with a profit",
          value: <ShareEstimate estimate={dealt.profitable} reason={undefined} of="path" />,
        },
        { id: "final_equity", section: SECTION, name: "Half end above", value: amount(dealt.final_equity?.p50) },
        { id: "final_equity", section: SECTION, name: "One in twenty ends below", value: amount(dealt.final_equity?.p5) },
        { id: "max_drawdown", section: SECTION, name: "Half fall by more than", value: amount(dealt.max_drawdown?.p50) },
        {
          id: "max_drawdown",
          section: SECTION,
          name: "One in twenty falls by more than",
          value: amount(dealt.max_drawdown?.p95),
        },
      ]}
    />
  );
}

interface RuinProps {
  dealt: MonteCarlo;
  unit: string;
  losses: readonly string[];
  onLosses: (text: string) => void;
}

function Ruin({ dealt, unit, losses, onLosses }: RuinProps) {
  return (
    <div>
      <h3 className={styles.heading}>Chance of a loss at some time</h3>
      <FactList
        label="Chance of a loss"
        facts={dealt.ruin.map(({ loss, probability }) => ({
          id: "ruin",
          section: SECTION,
          name: `${formatAmount(loss, unit)} below the start`,
          value: <ShareEstimate estimate={probability} reason={undefined} of="path" />,
        }))}
      />
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault();
          const text = new FormData(event.currentTarget).get("losses");
          onLosses(readLosses(typeof text === "string" ? text : "").join(","));
        }}
      >
        <Field label="Other losses" className={styles.field ?? ""}>
          <Input key={losses.join()} name="losses" defaultValue={losses.join(", ")} inputMode="decimal" />
        </Field>
        <Button type="submit">Show</Button>
      </form>
    </div>
  );
}
