// What is looked at goes along from page to page: account, days, unit, costs and currency.

import { parseFilters, scopeOf } from "./filters";

interface Step {
  /** Of the page that is left. */
  search: object;
  next: (search: never) => object;
}

/** Adds the scope to a link that says nothing about it. One that names a part of it, even as undefined, is left alone. */
export function keepScope({ search, next }: Step): object {
  const asked = next(search as never);
  const kept = Object.entries(scopeOf(parseFilters(search))).filter(([name]) => !(name in asked));
  return { ...asked, ...Object.fromEntries(kept) };
}
