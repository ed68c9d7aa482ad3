// What narrows statistics within their account and days: a form that opens, and what is set beside it.

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { playbooksQuery } from "~/api/labels";
import { countFilters, OF_STATISTICS, useSetFilters } from "~/search";
import { Skeleton } from "~/ui/Skeleton";
import { FilterChips } from "./FilterChips";
import { chipsOfStatistics } from "./chips";
import { FiltersPopover } from "./FiltersPopover";
import styles from "./NarrowBar.module.css";
import type { Scope } from "./useScope";

// With what there is to be chosen from, which is asked for when it opens.
const NarrowForm = lazy(async () => ({ default: (await import("./NarrowForm")).NarrowForm }));

export function NarrowBar({ scope: { filters } }: { scope: Scope }) {
  const onChange = useSetFilters();
  const { data: playbooks } = useQuery(playbooksQuery);
  const count = countFilters(filters, OF_STATISTICS);
  return (
    <div className={styles.bar}>
      <FiltersPopover count={count}>
        <Suspense fallback={<Skeleton height={420} />}>
          <NarrowForm filters={filters} onChange={onChange} playbooks={playbooks ?? []} />
        </Suspense>
      </FiltersPopover>
      <FilterChips chips={chipsOfStatistics(filters, playbooks)} onChange={onChange} />
    </div>
  );
}
