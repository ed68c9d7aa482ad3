// Two sets of trades side by side, as they stand in the URL and as the API takes them. Pure.

import type { CompareQuery } from "~/api/analytics";
import { addDays, isDay, startOfDay } from "~/format";
import { RATINGS, SIDES, type AnalyticsQuery, type Side } from "~/search";

/** What sets a cohort apart; what is absent is as in the filters of the page. */
export interface Cohort {
  side?: Side;
  symbol?: string;
  tag?: string;
  playbook?: string;
  mistake?: string;
  rating?: string;
  account?: string;
  from?: string;
  to?: string;
}

export type CohortField = keyof Cohort;

export interface Cohorts {
  a: Cohort;
  b: Cohort;
}

const FIELDS: readonly CohortField[] = ["side", "symbol", "tag", "playbook", "mistake", "rating", "account", "from", "to"];

/** Never throws; without anything in the URL it is long against short. */
export function readCohorts(text: string): Cohorts {
  const parameters = new URLSearchParams(text);
  const cohort = (prefix: "a" | "b"): Cohort => {
    const known = FIELDS.flatMap((field) => {
      const value = parameters.get(`${prefix}_${field}`)?.trim().slice(0, 128) ?? "";
      return isValid(field, value) ? [[field, value] as const] : [];
    });
    return Object.fromEntries(known);
  };
  return text === "" ? { a: { side: "long" }, b: { side: "short" } } : { a: cohort("a"), b: cohort("b") };
}

export function writeCohorts(cohorts: Cohorts): string {
  const parameters = new URLSearchParams();
  for (const prefix of ["a", "b"] as const) {
    for (const field of FIELDS) {
      const value = cohorts[prefix][field];
      if (value !== undefined && value !== "") parameters.set(`${prefix}_${field}`, value);
    }
  }
  // Not empty, which would be the default: two cohorts without a condition are all trades twice.
  return parameters.toString() === "" ? "a_=" : parameters.toString();
}

function isValid(field: CohortField, value: string): boolean {
  if (value === "") return false;
  if (field === "side") return SIDES.some((side) => side === value);
  if (field === "rating") return RATINGS.some((rating) => rating === value);
  return field === "from" || field === "to" ? isDay(value) : true;
}

export function compareQueryOf({ a, b }: Cohorts, query: AnalyticsQuery, zone: string): CompareQuery {
  return {
    ...query,
    ...(a.side === undefined ? {} : { a_side: a.side }),
    ...(a.symbol === undefined ? {} : { a_symbol: [a.symbol] }),
    ...(a.tag === undefined ? {} : { a_tag: [a.tag] }),
    ...(a.playbook === undefined ? {} : { a_playbook_id: [a.playbook] }),
    ...(a.mistake === undefined ? {} : { a_mistake: [a.mistake] }),
    ...(a.rating === undefined ? {} : { a_rating: [Number(a.rating)] }),
    ...(a.account === undefined ? {} : { a_account_id: [a.account] }),
    ...(a.from === undefined ? {} : { a_from: startOfDay(a.from, zone) }),
    ...(a.to === undefined ? {} : { a_to: startOfDay(addDays(a.to, 1), zone) }),
    ...(b.side === undefined ? {} : { b_side: b.side }),
    ...(b.symbol === undefined ? {} : { b_symbol: [b.symbol] }),
    ...(b.tag === undefined ? {} : { b_tag: [b.tag] }),
    ...(b.playbook === undefined ? {} : { b_playbook_id: [b.playbook] }),
    ...(b.mistake === undefined ? {} : { b_mistake: [b.mistake] }),
    ...(b.rating === undefined ? {} : { b_rating: [Number(b.rating)] }),
    ...(b.account === undefined ? {} : { b_account_id: [b.account] }),
    ...(b.from === undefined ? {} : { b_from: startOfDay(b.from, zone) }),
    ...(b.to === undefined ? {} : { b_to: startOfDay(addDays(b.to, 1), zone) }),
  };
}
