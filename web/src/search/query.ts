// Filters as the parameters of the API.

import { addDays } from "../format/day";
import { startOfDay } from "../format/time";
import type { Filters, Outcome, Side, Status, Unit, Weekday } from "./filters";

/** What all of `/v1/analytics` take. */
export interface AnalyticsQuery {
  account_id?: string[];
  from?: string;
  to?: string;
  unit?: Unit;
  net?: boolean;
  currency?: string;
  symbol?: string[];
  side?: Side;
  outcome?: Outcome[];
  tag?: string[];
  mistake?: string[];
  rating?: number[];
  playbook_id?: string[];
  weekday?: Weekday[];
  hour?: number[];
  min_size?: string;
  max_size?: string;
  min_price?: string;
  max_price?: string;
  text?: string;
}

/** What `GET /v1/trades` takes: one value where statistics take several. */
export interface TradesQuery {
  account_id?: string;
  from?: string;
  to?: string;
  symbol?: string;
  side?: Side;
  outcome?: Outcome;
  playbook_id?: string;
  status?: Status;
  tag?: string;
  mistake?: string;
  rating?: number;
  text?: string;
  sort?: string;
}

/** Days are on the clock of the zone; the API's `to` is the first instant that is out. */
function range({ from, to }: Filters, zone: string): { from?: string; to?: string } {
  return {
    ...(from === undefined ? {} : { from: startOfDay(from, zone) }),
    ...(to === undefined ? {} : { to: startOfDay(addDays(to, 1), zone) }),
  };
}

/** The defaults of the API are left out, so that equal views have equal keys in the cache. */
export function analyticsQuery(filters: Filters, zone: string): AnalyticsQuery {
  return {
    ...range(filters, zone),
    ...(filters.account === undefined ? {} : { account_id: [filters.account] }),
    ...(filters.unit === "money" ? {} : { unit: filters.unit }),
    ...(filters.net ? {} : { net: false }),
    ...(filters.currency === undefined ? {} : { currency: filters.currency }),
    ...(filters.symbol.length === 0 ? {} : { symbol: [...filters.symbol] }),
    ...(filters.side === undefined ? {} : { side: filters.side }),
    ...(filters.outcome.length === 0 ? {} : { outcome: [...filters.outcome] }),
    ...(filters.tag.length === 0 ? {} : { tag: [...filters.tag] }),
    ...(filters.mistake.length === 0 ? {} : { mistake: [...filters.mistake] }),
    ...(filters.rating.length === 0 ? {} : { rating: filters.rating.map(Number) }),
    ...(filters.playbook === undefined ? {} : { playbook_id: [filters.playbook] }),
    ...(filters.weekday.length === 0 ? {} : { weekday: [...filters.weekday] }),
    ...(filters.hour.length === 0 ? {} : { hour: filters.hour.map(Number) }),
    ...(filters.min_size === undefined ? {} : { min_size: filters.min_size }),
    ...(filters.max_size === undefined ? {} : { max_size: filters.max_size }),
    ...(filters.min_price === undefined ? {} : { min_price: filters.min_price }),
    ...(filters.max_price === undefined ? {} : { max_price: filters.max_price }),
    ...(filters.q === undefined ? {} : { text: filters.q }),
  };
}

export function tradesQuery(filters: Filters, zone: string): TradesQuery {
  const [symbol] = filters.symbol;
  const [outcome] = filters.outcome;
  const [tag] = filters.tag;
  const [mistake] = filters.mistake;
  const [rating] = filters.rating;
  return {
    ...range(filters, zone),
    ...(filters.account === undefined ? {} : { account_id: filters.account }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(filters.side === undefined ? {} : { side: filters.side }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(filters.status === undefined ? {} : { status: filters.status }),
    ...(tag === undefined ? {} : { tag }),
    ...(mistake === undefined ? {} : { mistake }),
    ...(rating === undefined ? {} : { rating: Number(rating) }),
    ...(filters.playbook === undefined ? {} : { playbook_id: filters.playbook }),
    ...(filters.q === undefined ? {} : { text: filters.q }),
    ...(filters.sort === undefined ? {} : { sort: filters.sort }),
  };
}
