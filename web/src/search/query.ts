// Filters as the parameters of the API.

import { addDays } from "../format/day";
import { startOfDay } from "../format/time";
import type { Filters, Outcome, Side, Status, Unit } from "./filters";

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
    ...(filters.q === undefined ? {} : { text: filters.q }),
  };
}

export function tradesQuery(filters: Filters, zone: string): TradesQuery {
  const [symbol] = filters.symbol;
  const [outcome] = filters.outcome;
  const [tag] = filters.tag;
  return {
    ...range(filters, zone),
    ...(filters.account === undefined ? {} : { account_id: filters.account }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(filters.side === undefined ? {} : { side: filters.side }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(filters.status === undefined ? {} : { status: filters.status }),
    ...(tag === undefined ? {} : { tag }),
    ...(filters.playbook === undefined ? {} : { playbook_id: filters.playbook }),
    ...(filters.q === undefined ? {} : { text: filters.q }),
    ...(filters.sort === undefined ? {} : { sort: filters.sort }),
  };
}
