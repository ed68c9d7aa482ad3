import type { Comparison, Cohort } from "@trading-journal/sdk";
import type { ReactNode } from "react";
import { AmountEstimate, None, reasonOf, ShareEstimate } from "~/figures/Estimate";
import { MetricName } from "~/figures/MetricName";
import { valuesOf } from "~/figures/values";
import { formatNumber } from "~/format";
import { Money } from "~/ui/Money";
import { Cell, HeadCell, Row, Table } from "~/ui/Table";

interface Line {
  id: string;
  name: string;
  write: (cohort: Cohort, prefix: "a" | "b") => ReactNode;
}

export function ComparisonTable({ comparison }: { comparison: Comparison }) {
  const { a, b, unit, notes } = comparison;
  const reason = (prefix: string, field: string) => reasonOf(notes, `${prefix}.${field}`);
  const lines: readonly Line[] = [
    { id: "trades", name: "Trades", write: ({ trades }) => formatNumber(trades) },
    { id: "wins", name: "Won", write: ({ wins }) => formatNumber(wins) },
    { id: "losses", name: "Lost", write: ({ losses }) => formatNumber(losses) },
    { id: "net", name: "P&L", write: ({ total }) => <Money amount={total.amount} unit={unit} signed /> },
    {
      id: "win_rate",
      name: "Win rate",
      write: (cohort, at) => <ShareEstimate estimate={cohort.win_rate} reason={reason(at, "win_rate")} />,
    },
    {
      id: "expectancy",
      name: "Expectancy",
      write: (cohort, at) => <AmountEstimate estimate={cohort.expectancy} reason={reason(at, "expectancy")} unit={unit} />,
    },
    {
      id: "profit_factor",
      name: "Profit factor",
      write: ({ profit_factor }, at) => valuesOf(notes, unit, `${at}.`).ratio(profit_factor, "profit_factor"),
    },
    {
      id: "standard_deviation",
      name: "Standard deviation",
      write: ({ standard_deviation }, at) =>
        standard_deviation == null ? (
          <None reason={reason(at, "standard_deviation")} />
        ) : (
          formatNumber(standard_deviation, { digits: 2 })
        ),
    },
  ];
  return (
    <Table aria-label="Both sets of trades">
      <thead>
        <tr>
          <HeadCell>Figure</HeadCell>
          <HeadCell numeric>A</HeadCell>
          <HeadCell numeric>B</HeadCell>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ id, name, write }) => (
          <Row key={id}>
            <Cell>
              <MetricName id={id}>{name}</MetricName>
            </Cell>
            <Cell numeric>{write(a, "a")}</Cell>
            <Cell numeric>{write(b, "b")}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
