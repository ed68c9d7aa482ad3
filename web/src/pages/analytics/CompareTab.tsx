import { useQuery } from "@tanstack/react-query";
import { breakdownQuery, compareQuery } from "~/api/analytics";
import { playbooksQuery } from "~/api/labels";
import type { Scope } from "~/filters/useScope";
import { QueryCard } from "~/figures/QueryCard";
import { usePageText } from "~/search";
import { CohortForm } from "./CohortForm";
import styles from "./columns.module.css";
import { compareQueryOf, readCohorts, writeCohorts } from "./cohorts";
import { ComparisonTable } from "./ComparisonTable";
import { DifferenceTest } from "./DifferenceTest";

export function CompareTab({ scope }: { scope: Scope }) {
  const { query: asked, zone, accounts, isReady } = scope;
  const [text, setText] = usePageText("compare");
  const cohorts = readCohorts(text);
  const symbols = useQuery({ ...breakdownQuery(asked, "symbol"), enabled: isReady });
  const tags = useQuery({ ...breakdownQuery(asked, "tag"), enabled: isReady });
  const mistakes = useQuery({ ...breakdownQuery(asked, "mistake"), enabled: isReady });
  const { data: playbooks = [] } = useQuery(playbooksQuery);
  const query = useQuery({ ...compareQuery(compareQueryOf(cohorts, asked, zone)), enabled: isReady });
  const known = {
    accounts,
    symbols: symbols.data?.rows.map(({ key }) => key) ?? [],
    tags: tags.data?.rows.map(({ key }) => key).filter((key) => key !== "none") ?? [],
    mistakes: mistakes.data?.rows.map(({ key }) => key).filter((key) => key !== "none") ?? [],
    playbooks,
  };
  return (
    <>
      <div className={styles.two}>
        <CohortForm name="A" cohort={cohorts.a} {...known} onChange={(a) => setText(writeCohorts({ ...cohorts, a }))} />
        <CohortForm name="B" cohort={cohorts.b} {...known} onChange={(b) => setText(writeCohorts({ ...cohorts, b }))} />
      </div>
      <QueryCard title="Is there a difference?" query={query} height={170}>
        {(comparison) => <DifferenceTest comparison={comparison} />}
      </QueryCard>
      <QueryCard flush title="Side by side" query={query} height={320}>
        {(comparison) => <ComparisonTable comparison={comparison} />}
      </QueryCard>
    </>
  );
}
