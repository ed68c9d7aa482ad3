import type { Scope } from "~/filters/useScope";
import type { Day } from "~/format";
import type { Filters } from "~/search";

/** The filters, but of one day. */
export function ofDay({ filters }: Pick<Scope, "filters">, day: Day): Filters {
  return { ...filters, from: day, to: day };
}
