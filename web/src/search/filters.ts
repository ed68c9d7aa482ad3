// What a page shows, as it stands in the URL: to be shared, bookmarked and gone back to.

import { compareDecimals } from "../format/decimal";
import { isDay, type Day } from "../format/day";
import { list, oneOf, text, texts } from "./read";

export const UNITS = ["money", "r", "percent"] as const;
export const SIDES = ["long", "short"] as const;
export const OUTCOMES = ["win", "loss", "scratch"] as const;
export const STATUSES = ["open", "closed"] as const;
export const RATINGS = ["1", "2", "3", "4", "5"] as const;
export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
/** Of the day, as groups of an hour are called: "00".."23". */
export const HOURS: readonly string[] = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

export type Unit = (typeof UNITS)[number];
export type Side = (typeof SIDES)[number];
export type Outcome = (typeof OUTCOMES)[number];
export type Status = (typeof STATUSES)[number];
export type Rating = (typeof RATINGS)[number];
export type Weekday = (typeof WEEKDAYS)[number];

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
  readonly mistake: readonly string[];
  readonly rating: readonly Rating[];
  /** When it closed; statistics alone are narrowed by it. */
  readonly weekday: readonly Weekday[];
  readonly hour: readonly string[];
  /** Decimals: from the first on, below the second. Of statistics alone, too. */
  readonly min_size?: string;
  readonly max_size?: string;
  readonly min_price?: string;
  readonly max_price?: string;
  /** Text in symbol, notes or tags. */
  readonly q?: string;
  /** A field, with `-` in front for descending. */
  readonly sort?: string;
}

export const NO_FILTERS: Filters = {
  unit: "money",
  net: true,
  symbol: [],
  outcome: [],
  tag: [],
  mistake: [],
  rating: [],
  weekday: [],
  hour: [],
};

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
  "mistake",
  "rating",
  "weekday",
  "hour",
  "min_size",
  "max_size",
  "min_price",
  "max_price",
  "q",
  "sort",
]);

/** The part of the filters that leads from page to page: what is looked at, not which of it. */
export type Scope = Pick<Filters, "account" | "from" | "to" | "unit" | "net" | "currency">;

/** The search part of a URL, as the router holds it; what is the default is left out. */
export type Search = Readonly<Record<string, string | boolean | readonly string[]>>;

const SORT = /^-?[a-z_]{1,40}$/;
const ID = /^[\w-]{1,64}$/;
/** As many digits as the API takes. */
const DECIMAL = /^-?\d{1,18}(\.\d{1,18})?$/;

/** Never throws: what cannot be read from a URL that was typed, cut or made up counts as absent. */
export function parseFilters(search: unknown): Filters {
  const raw: Readonly<Record<string, unknown>> = typeof search === "object" && search !== null ? { ...search } : {};
  const matching = (value: string | undefined, pattern: RegExp) =>
    value !== undefined && pattern.test(value) ? value : undefined;
  const decimal = (value: unknown) => matching(text(value), DECIMAL);
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
    outcome: choices(OUTCOMES, raw["outcome"]),
    status: oneOf(STATUSES, raw["status"]),
    tag: texts(raw["tag"]),
    playbook: matching(text(raw["playbook"]), ID),
    mistake: texts(raw["mistake"]),
    rating: choices(RATINGS, raw["rating"]),
    weekday: choices(WEEKDAYS, raw["weekday"]),
    hour: choices(HOURS, raw["hour"]),
    ...band("size", raw, decimal),
    ...band("price", raw, decimal),
    q: text(raw["q"]),
    sort: matching(text(raw["sort"]), SORT),
  });
}

/** Those of the choices that are there, each once. */
function choices<T extends string>(known: readonly T[], value: unknown): readonly T[] {
  return [...new Set(list(value).flatMap((each) => oneOf(known, each) ?? []))];
}

/** Both ends of a range; the API refuses one that holds nothing. */
function band<N extends string>(
  name: N,
  raw: Readonly<Record<string, unknown>>,
  decimal: (value: unknown) => string | undefined,
): Record<`min_${N}` | `max_${N}`, string | undefined> {
  const [low, high] = [decimal(raw[`min_${name}`]), decimal(raw[`max_${name}`])];
  const isEmpty = low !== undefined && high !== undefined && compareDecimals(low, high) >= 0;
  return { [`min_${name}`]: low, [`max_${name}`]: isEmpty ? undefined : high } as never;
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

/** What narrows a list of trades within its scope. */
export const OF_LISTS = ["symbol", "side", "outcome", "status", "tag", "playbook", "mistake", "rating", "q"] as const;

/** What narrows statistics within their scope. */
export const OF_STATISTICS = [
  ...["symbol", "side", "outcome", "tag", "playbook", "mistake", "rating"] as const,
  ...["weekday", "hour", "min_size", "max_size", "min_price", "max_price", "q"] as const,
] as const;

/** Those of the filters that have these names, and no other. */
export function only<K extends keyof Filters>(filters: Filters, names: readonly K[]): { readonly [N in K]?: Filters[N] } {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => names.some((each) => each === name))) as never;
}

/** How many of these narrow what is shown, for a badge. */
export function countFilters(filters: Filters, names: readonly (keyof Filters)[] = OF_LISTS): number {
  return Object.keys(toSearch(only(filters, names))).length;
}

/** A change that takes all of these away. */
export function without(names: readonly (keyof Filters)[]): { readonly [K in keyof Filters]?: Filters[K] | undefined } {
  const defaults: Partial<Filters> = NO_FILTERS;
  return Object.fromEntries(names.map((name) => [name, defaults[name]]));
}
