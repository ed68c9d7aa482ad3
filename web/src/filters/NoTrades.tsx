// In place of figures when there are none. Most people see it once, so that it is a chunk of its own.

import { lazy, Suspense } from "react";
import { Skeleton } from "~/ui/Skeleton";

const FirstSteps = lazy(async () => ({ default: (await import("./FirstSteps")).FirstSteps }));
const NothingSelected = lazy(async () => ({ default: (await import("./NothingSelected")).NothingSelected }));

/** What to do next: import trades into an empty journal, else show others than those that are selected. */
export function NoTrades({ isEmpty = false }: { isEmpty?: boolean }) {
  return <Suspense fallback={<Skeleton height={280} />}>{isEmpty ? <FirstSteps /> : <NothingSelected />}</Suspense>;
}
