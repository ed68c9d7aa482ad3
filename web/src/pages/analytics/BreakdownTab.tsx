import { useQuery } from "@tanstack/react-query";
import { breakdownQuery } from "~/api/analytics";
import { playbooksQuery } from "~/api/labels";
import { Bars } from "~/charts/Bars";
import type { Named } from "~/filters/chips";
import type { Scope } from "~/filters/useScope";
import { CsvButton } from "~/figures/CsvButton";
import { MetricName } from "~/figures/MetricName";
import { QueryCard } from "~/figures/QueryCard";
import { formatCount, formatShare, signOf, toPixels } from "~/format";
import { useFilters, usePageChoice, useSetFilters } from "~/search";
import { SegmentedControl } from "~/ui/SegmentedControl";
import { Select } from "~/ui/Select";
import { BreakdownTable } from "./BreakdownTable";
import styles from "./BreakdownTab.module.css";
import { breakdownCsv, BREAKDOWN_CSV } from "./breakdownCsv";
import { DIMENSION_LABELS, DIMENSIONS, groupLabel, hasOrder, type Dimension } from "./dimensions";
import { readOrder, sortRows, writeOrder, type Order } from "./sortRows";

/** More bars than these nobody compares; the table has all groups. */
const MOST_BARS = 24;
const NONE: readonly Named[] = [];

export function BreakdownTab({ scope }: { scope: Scope }) {
  const [by, setBy] = usePageChoice("by", DIMENSIONS);
  const [measure, setMeasure] = usePageChoice("bars", ["total", "each"]);
  const { sort } = useFilters();
  const set = useSetFilters();
  const query = useQuery({ ...breakdownQuery(scope.query, by), enabled: scope.isReady });
  // While another breakdown is on its way, the groups shown are still those of the one before.
  const shownBy = DIMENSIONS.find((each) => each === query.data?.by) ?? by;
  const { data: playbooks = NONE } = useQuery(playbooksQuery);
  const label = (row: { key: string }) => groupLabel(shownBy, row.key, { accounts: scope.accounts, playbooks });
  const usual: Order | undefined = hasOrder(shownBy) ? undefined : { column: "net_pnl", descending: true };
  const order = readOrder(sort) ?? usual;
  const title = DIMENSION_LABELS[by];

  return (
    <>
      <div className={styles.controls}>
        <span className={styles.by}>
          <span aria-hidden>Group by</span>
          <Select
            aria-label="Group by"
            value={by}
            options={DIMENSIONS.map((value) => ({ value, label: DIMENSION_LABELS[value] }))}
            onValueChange={setBy}
          />
        </span>
        <SegmentedControl
          label="Bars show"
          value={measure}
          options={[
            { value: "total", label: "Total" },
            { value: "each", label: "Per trade", hint: "With its 95 % interval" },
          ]}
          onValueChange={setMeasure}
        />
      </div>
      <QueryCard title={`${measure === "total" ? "P&L" : "Expectancy"} by ${title.toLowerCase()}`} query={query} height={300}>
        {({ rows, unit }) => {
          const largest = [...rows]
            .sort((a, b) => Math.abs(toPixels(b.net_pnl) ?? 0) - Math.abs(toPixels(a.net_pnl) ?? 0))
            .slice(0, MOST_BARS);
          const shown = sortRows(rows, order, label).filter((row) => largest.includes(row));
          return (
            <>
              <Bars
                label={`${title}: ${measure === "total" ? "P&L" : "expectancy"}`}
                unit={unit}
                rows={shown.map((row) => ({
                  key: row.key,
                  label: label(row),
                  ...(measure === "total"
                    ? { value: row.net_pnl }
                    : { value: row.expectancy?.value, low: row.expectancy?.low, high: row.expectancy?.high }),
                  // Of losses nothing is said: only gains are tested.
                  isFaint: row.may_be_chance && signOf(row.net_pnl) > 0,
                }))}
              />
              <p className={styles.note}>
                Pale gains may be chance.
                {measure === "each" && " The thin lines are 95 % intervals."}
                {rows.length > MOST_BARS &&
                  ` The ${MOST_BARS} largest of ${formatCount(rows.length, "group")}; the table has all.`}
              </p>
            </>
          );
        }}
      </QueryCard>
      <QueryCard
        flush
        title={`All groups by ${title.toLowerCase()}`}
        description={<Explanation query={query} by={shownBy} />}
        query={query}
        height={320}
        actions={({ rows, unit }) => (
          <CsvButton name={`breakdown-by-${shownBy}`} columns={BREAKDOWN_CSV} rows={() => breakdownCsv(rows, unit, label)} />
        )}
      >
        {({ rows, unit, family }) => (
          <BreakdownTable
            name={DIMENSION_LABELS[shownBy]}
            rows={sortRows(rows, order, label)}
            unit={unit}
            family={family}
            label={label}
            order={order}
            onOrder={(next) => set({ sort: writeOrder(next) }, { replace: true })}
          />
        )}
      </QueryCard>
    </>
  );
}

interface ExplanationProps {
  query: { data: { family: number; false_discovery_rate: number; rows_overlap: boolean } | undefined };
  by: Dimension;
}

function Explanation({ query: { data }, by }: ExplanationProps) {
  if (!data) return null;
  return (
    <>
      {data.rows_overlap && `A trade with two ${by}s counts in both groups, so the groups may add up to more than the whole. `}
      {(by === "rating" || by === "mistake") && "Whoever writes that about a trade knows how it ended: a group may owe its result to it. "}
      With many groups some look good by luck. A gain counts as more than luck when its{" "}
      <MetricName id="adjusted_p">adjusted p</MetricName> is at most {formatShare(data.false_discovery_rate, { digits: 0 })} over{" "}
      {data.family === 1 ? "the one group" : `all ${data.family} groups`} that could be looked at.
    </>
  );
}
