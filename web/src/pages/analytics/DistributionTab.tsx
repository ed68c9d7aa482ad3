import type { Distribution } from "@trading-journal/sdk";
import { useQuery } from "@tanstack/react-query";
import { distributionQuery } from "~/api/analytics";
import { Histogram } from "~/charts/Histogram";
import type { Scope } from "~/filters/useScope";
import { CsvButton } from "~/figures/CsvButton";
import { AmountEstimate, reasonOf } from "~/figures/Estimate";
import { FactList } from "~/figures/FactList";
import { QueryCard } from "~/figures/QueryCard";
import { valuesOf } from "~/figures/values";
import { formatCount, formatShare } from "~/format";
import { EmptyState } from "~/ui/EmptyState";
import { Money } from "~/ui/Money";
import { Cell, HeadCell, Row, Table } from "~/ui/Table";
import styles from "./columns.module.css";

export function DistributionTab({ scope }: { scope: Scope }) {
  const query = useQuery({ ...distributionQuery(scope.query), enabled: scope.isReady });
  return (
    <>
      <QueryCard
        title="How often a trade made how much"
        description={query.data && `${formatCount(query.data.n, "trade")}. Losses and gains never share a bar.`}
        query={query}
        height={340}
        actions={({ bins, unit }) => (
          <CsvButton
            name="distribution"
            columns={["from", "to", "unit", "trades"]}
            rows={() => bins.map((bin) => [bin.from, bin.to, unit, String(bin.count)])}
          />
        )}
      >
        {({ bins, unit, mean, median }) =>
          bins.length === 0 ? (
            <EmptyState title="No trades to draw" />
          ) : (
            <Histogram bins={bins} unit={unit} mean={mean?.value} median={median} />
          )
        }
      </QueryCard>
      <div className={styles.two}>
        <QueryCard title="Shape" query={query} height={260}>
          {(distribution) => <Shape distribution={distribution} />}
        </QueryCard>
        <QueryCard flush title="Quantiles" description="So many of the trades made at most so much." query={query} height={260}>
          {({ quantiles, unit }) => (
            <Table aria-label="Quantiles">
              <thead>
                <tr>
                  <HeadCell>Share of trades</HeadCell>
                  <HeadCell numeric>At most</HeadCell>
                </tr>
              </thead>
              <tbody>
                {quantiles.map(({ share, value }) => (
                  <Row key={share}>
                    <Cell>{formatShare(share, { digits: 0 })}</Cell>
                    <Cell numeric>
                      <Money amount={value} unit={unit} signed />
                    </Cell>
                  </Row>
                ))}
              </tbody>
            </Table>
          )}
        </QueryCard>
      </div>
    </>
  );
}

function Shape({ distribution }: { distribution: Distribution }) {
  const { notes, unit, mean, median, min, max, standard_deviation, skewness, kurtosis } = distribution;
  const { amount, ratio } = valuesOf(notes, unit);
  return (
    <FactList
      label="Shape of the distribution"
      facts={[
        {
          id: "expectancy",
          name: "Mean",
          value: <AmountEstimate estimate={mean} reason={reasonOf(notes, "mean")} unit={unit} />,
        },
        { id: "quantile", name: "Median", value: amount(median, "median", true) },
        { id: "largest_loss", name: "Worst", value: amount(min, "min", true) },
        { id: "largest_win", name: "Best", value: amount(max, "max", true) },
        { id: "standard_deviation", name: "Standard deviation", value: ratio(standard_deviation, "standard_deviation") },
        { id: "distribution", name: "Skewness", value: ratio(skewness, "skewness") },
        { id: "distribution", name: "Kurtosis (3 is normal)", value: ratio(kurtosis, "kurtosis") },
      ]}
    />
  );
}
