import type { Filters } from "~/search";

/** Whether the filters leave out no trade. */
export function isEverything({ account, from, to, currency, symbol, side, outcome, tag, q }: Filters): boolean {
  const isUnset = [account, from, to, currency, side, q].every((value) => value === undefined);
  return isUnset && symbol.length + outcome.length + tag.length === 0;
}
