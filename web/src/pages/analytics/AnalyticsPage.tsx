// What the trades have in common: by groups, in their spread, in their risk, against each other.

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { summaryQuery } from "~/api/analytics";
import { FilterBar } from "~/filters/FilterBar";
import { NarrowBar } from "~/filters/NarrowBar";
import { UnmeasuredNotice } from "~/filters/UnmeasuredNotice";
import { useScope, type Scope } from "~/filters/useScope";
import { NoTrades } from "~/filters/NoTrades";
import { isEverything } from "~/filters/isEverything";
import { usePageChoice } from "~/search";
import { Page } from "~/ui/Page";
import { Skeleton } from "~/ui/Skeleton";
import { TabPanel, Tabs } from "~/ui/Tabs";
import styles from "./AnalyticsPage.module.css";

const TABS = ["breakdown", "distribution", "risk", "excursions", "compare"] as const;

const LABELS: Readonly<Record<(typeof TABS)[number], string>> = {
  breakdown: "Breakdown",
  distribution: "Distribution",
  risk: "Risk and drawdowns",
  excursions: "Excursions",
  compare: "Compare",
};

// Each tab is a chunk of its own, with the charts that it needs.
const PANELS = {
  breakdown: lazy(async () => ({ default: (await import("./BreakdownTab")).BreakdownTab })),
  distribution: lazy(async () => ({ default: (await import("./DistributionTab")).DistributionTab })),
  risk: lazy(async () => ({ default: (await import("./RiskTab")).RiskTab })),
  excursions: lazy(async () => ({ default: (await import("./ExcursionsTab")).ExcursionsTab })),
  compare: lazy(async () => ({ default: (await import("./CompareTab")).CompareTab })),
};

export function AnalyticsPage() {
  const scope = useScope();
  const [tab, setTab] = usePageChoice("tab", TABS);
  const { data: summary } = useQuery({ ...summaryQuery(scope.query), enabled: scope.isReady });
  const hasNone = summary?.coverage.selected === 0;
  if (hasNone && isEverything(scope.filters)) {
    return (
      <Page title="Analytics">
        <NoTrades isEmpty />
      </Page>
    );
  }
  const bar = (
    <>
      <FilterBar scope={scope} currency={summary?.currency} otherCurrencies={summary?.other_currencies ?? []} />
      <NarrowBar scope={scope} />
    </>
  );
  return (
    <Page title="Analytics" toolbar={bar}>
      {summary && tab !== "excursions" && <UnmeasuredNotice coverage={summary.coverage} unit={scope.filters.unit} />}
      <Tabs label="Analytics" value={tab} tabs={TABS.map((value) => ({ value, label: LABELS[value] }))} onValueChange={setTab}>
        <TabPanel value={tab}>{hasNone ? <NoTrades /> : <Panel tab={tab} scope={scope} />}</TabPanel>
      </Tabs>
    </Page>
  );
}

function Panel({ tab, scope }: { tab: (typeof TABS)[number]; scope: Scope }) {
  const Content = PANELS[tab];
  return (
    <div className={styles.panel}>
      <Suspense fallback={<Skeleton height={420} />}>
        <Content scope={scope} />
      </Suspense>
    </div>
  );
}
