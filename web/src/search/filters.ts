// What a page shows, as it stands in the URL: to be shared, bookmarked and gone back to.

import { isDay, type Day } from "../format/day";
import { list, oneOf, text, texts } from "./read";

export const UNITS = ["money", "r", "percent"] as const;
export const SIDES = ["long", "short"] as const;
export const OUTCOMES = ["win", "loss", "scratch"] as const;
export const STATUSES = ["open", "closed"] as const;

export type Unit = (typeof UNITS)[number];
export type Side = (typeof SIDES)[number];
export type Outcome = (typeof OUTCOMES)[number];
export type Status = (typeof STATUSES)[number];

export interface Filters {
  /** Id of the one account; all of them when absent. */
  readonly account?: string;
  /** First and last day, both included, on the account's clock. */
  readonly from?: Day;
  readonly to?: Day;
  readonly unit: Unit;
  /** After commissions and fees, else before them. */
  readonly net: boolean;
  /** Of which currency the figures are; the one with most trades when absent. */
  readonly currency?: string;
  readonly symbol: readonly string[];
  readonly side?: Side;
  readonly outcome: readonly Outcome[];
  readonly status?: Status;
  readonly tag: readonly string[];
  readonly playbook?: string;
  /** Text in symbol, notes or tags. */
  readonly q?: string;
  /** A field, with `-` in front for descending. */
  readonly sort?: string;
}

export const NO_FILTERS: Filters = { unit: "money", net: true, symbol: [], outcome: [], tag: [] };

/** The parameters of a URL that are filters; all others belong to the page. */
export const FILTER_NAMES: ReadonlySet<string> = new Set<keyof Filters>([
  "account",
  "from",
  "to",
  "unit",
  "net",
  "currency",
  "symbol",
  "side",
  "outcome",
  "status",
  "tag",
  "playbook",
  "q",
  "sort",
]);

/** The part of the filters that leads from page to page: what is looked at, not which of it. */
export type Scope = Pick<Filters, "account" | "from" | "to" | "unit" | "net" | "currency">;

/** The search part of a URL, as the router holds it; what is the default is left out. */
export type Search = Readonly<Record<string, string | boolean | readonly string[]>>;

const SORT = /^-?[a-z_]{1,40}$/;
const ID = /^[\w-]{1,64}$/;

/** Never throws: what cannot be read from a URL that was typed, cut or made up counts as absent. */
export function parseFilters(search: unknown): Filters {
  const raw: Readonly<Record<string, unknown>> = typeof search === "object" && search !== null ? { ...search } : {};
  const matching = (value: string | undefined, pattern: RegExp) =>
    value !== undefined && pattern.test(value) ? value : undefined;
  const day = (value: string | undefined) => (value !== undefined && isDay(value) ? value : undefined);
  const [from, to] = [day(text(raw["from"])), day(text(raw["to"]))];
  const reversed = from !== undefined && to !== undefined && from > to;
  return present({
    account: matching(text(raw["account"]), ID),
    from: reversed ? to : from,
    to: reversed ? from : to,
    unit: oneOf(UNITS, raw["unit"]) ?? "money",
    net: text(raw["net"]) !== "false",
    currency: matching(text(raw["currency"]), /^[A-Z0-9]{2,12}$/),
    symbol: texts(raw["symbol"]),
    side: oneOf(SIDES, raw["side"]),
    outcome: list(raw["outcome"]).flatMap((value) => oneOf(OUTCOMES, value) ?? []),
    status: oneOf(STATUSES, raw["status"]),
    tag: texts(raw["tag"]),
    playbook: matching(text(raw["playbook"]), ID),
    q: text(raw["q"]),
    sort: matching(text(raw["sort"]), SORT),
  });
}

/** Drops what is undefined, so that equal filters are deeply equal. */
function present<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

/** The shortest search that `parseFilters` reads the same filters from. */
export function toSearch(filters: { readonly [K in keyof Filters]?: Filters[K] | undefined }): Search {
  const search: Record<string, string | boolean | readonly string[]> = {};
  for (const [name, value] of Object.entries(filters)) {
    const isDefault = value === undefined || value === "" || value === NO_FILTERS[name as keyof Filters];
    if (isDefault || (Array.isArray(value) && value.length === 0)) continue;
    search[name] = value;
  }
  return search;
}

/** The search that keeps the scope and drops the rest, for links from page to page. */
export function scopeOf({ account, from, to, unit, net, currency }: Filters): Search {
  return toSearch({ account, from, to, unit, net, currency });
}

/** How many filters narrow what is shown within the scope, for a badge. */
export function countFilters({ symbol, side, outcome, status, tag, playbook, q }: Filters): number {
  return Object.keys(toSearch({ symbol, side, outcome, status, tag, playbook, q })).length;
}
