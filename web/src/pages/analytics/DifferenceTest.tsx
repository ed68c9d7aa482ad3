// What the difference of two sets of trades is, and whether it may be chance.

import type { Comparison } from "@trading-journal/sdk";
import { Bars } from "~/charts/Bars";
import { AmountEstimate, reasonOf } from "~/figures/Estimate";
import { FactList } from "~/figures/FactList";
import { valuesOf } from "~/figures/values";
import { formatCount } from "~/format";
import { Notice } from "~/ui/Notice";
import styles from "./DifferenceTest.module.css";
import { formatP } from "./verdict";
import { compareText } from "./compareText";

const SECTION = "Two sets of trades";

export function DifferenceTest({ comparison }: { comparison: Comparison }) {
  const { a, b, difference, difference_interval, p, permutation_p, shared, notes, unit } = comparison;
  const { or } = valuesOf(notes, unit);
  const interval = difference_interval && { low: difference_interval.low.amount, high: difference_interval.high.amount };
  return (
    <div className={styles.test}>
      <p className={styles.sentence}>{compareText(comparison)}</p>
      {shared > 0 && (
        <Notice tone="warn">
          {formatCount(shared, "trade")} {shared === 1 ? "is" : "are"} in both. The test takes the two for separate, so that it
          says little.
        </Notice>
      )}
      {a.trades > 0 && b.trades > 0 && (
        <Bars
          label="Expectancy, with 95 % intervals"
          unit={unit}
          rows={[
            { key: "a", label: "A per trade", value: a.expectancy?.value, low: a.expectancy?.low, high: a.expectancy?.high },
            { key: "b", label: "B per trade", value: b.expectancy?.value, low: b.expectancy?.low, high: b.expectancy?.high },
            { key: "difference", label: "A less B", value: difference?.value, low: interval?.low, high: interval?.high },
          ]}
        />
      )}
      <FactList
        label="Test of the difference"
        facts={[
          {
            id: "expectancy_difference",
            section: SECTION,
            name: "Difference per trade",
            value: <AmountEstimate estimate={difference} reason={reasonOf(notes, "difference")} unit={unit} />,
          },
          { id: "welch_p", section: SECTION, name: "p of Welch’s test", value: or(p, "p", formatP) },
          { id: "permutation_p", section: SECTION, name: "p by shuffling", value: or(permutation_p, "permutation_p", formatP) },
        ]}
      />
    </div>
  );
}
