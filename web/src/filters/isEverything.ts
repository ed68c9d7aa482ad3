// Whether statistics are of all trades.

import { countFilters, OF_STATISTICS, type Filters } from "~/search";

/** Whether the filters leave out no trade. */
export function isEverything(filters: Filters): boolean {
  return countFilters(filters, ["account", "from", "to", "currency", ...OF_STATISTICS]) === 0;
}
