// Filters that are set, in words. Pure.

import { formatDay, formatNumber } from "~/format/index.ts";
import type { FilterChange, Filters } from "~/search/index.ts";

/** A filter that is set, in words, and the change that takes it away. */
export interface Chip {
  readonly label: string;
  readonly without: FilterChange;
}

/** An account or a playbook: the URL has its id alone. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Of a list of trades. */
export function chipsOf(filters: Filters, accounts: readonly Named[], playbooks: readonly Named[] = []): Chip[] {
  const chips: Chip[] = [];
  const { account, from, to } = filters;
  if (account !== undefined) {
    chips.push({ label: accounts.find(({ id }) => id === account)?.name ?? "One account", without: { account: undefined } });
  }
  if (from !== undefined || to !== undefined) chips.push({ label: range(from, to), without: { from: undefined, to: undefined } });
  return [...chips, ...chipsOfTrades(filters, playbooks)];
}

/** Of statistics: their account and their days are shown by themselves. */
export function chipsOfStatistics(filters: Filters, playbooks: readonly Named[] = []): Chip[] {
  const chips = chipsOfTrades(filters, playbooks);
  const { weekday, hour, min_size, max_size, min_price, max_price, q } = filters;
  for (const one of weekday) chips.push({ label: dayName(one), without: { weekday: weekday.filter((other) => other !== one) } });
  for (const one of hour) chips.push({ label: hourRange(one), without: { hour: hour.filter((other) => other !== one) } });
  if (min_size !== undefined || max_size !== undefined) {
    chips.push({ label: `Size ${band(min_size, max_size)}`, without: { min_size: undefined, max_size: undefined } });
  }
  if (min_price !== undefined || max_price !== undefined) {
    chips.push({ label: `Entry price ${band(min_price, max_price)}`, without: { min_price: undefined, max_price: undefined } });
  }
  if (q !== undefined) chips.push({ label: `Text: ${q}`, without: { q: undefined } });
  return chips;
}

function chipsOfTrades({ symbol, side, outcome, tag, mistake, rating, playbook }: Filters, playbooks: readonly Named[]): Chip[] {
  const chips: Chip[] = [];
  for (const one of symbol) chips.push({ label: one, without: { symbol: symbol.filter((other) => other !== one) } });
  if (side !== undefined) chips.push({ label: side === "long" ? "Long" : "Short", without: { side: undefined } });
  for (const one of outcome) chips.push({ label: OUTCOMES[one], without: { outcome: outcome.filter((other) => other !== one) } });
  for (const one of tag) chips.push({ label: `Tag: ${one}`, without: { tag: tag.filter((other) => other !== one) } });
  for (const one of mistake) chips.push({ label: `Mistake: ${one}`, without: { mistake: mistake.filter((other) => other !== one) } });
  for (const one of rating) chips.push({ label: `Execution: ${one} of 5`, without: { rating: rating.filter((other) => other !== one) } });
  if (playbook !== undefined) {
    const name = playbooks.find(({ id }) => id === playbook)?.name ?? "one";
    chips.push({ label: `Playbook: ${name}`, without: { playbook: undefined } });
  }
  return chips;
}

export const OUTCOMES = { win: "Wins", loss: "Losses", scratch: "Scratches" } as const;

/** With a capital, as days of the week are written. */
export function dayName(weekday: string): string {
  return weekday.charAt(0).toUpperCase() + weekday.slice(1);
}

/** The hour of "09" from its first to its last minute. */
export function hourRange(hour: string): string {
  return `${hour}:00–${hour}:59`;
}

/** Bounds as they are meant: the upper one is out. */
function band(min: string | undefined, max: string | undefined): string {
  const parts = [min === undefined ? [] : `from ${formatNumber(min)}`, max === undefined ? [] : `below ${formatNumber(max)}`];
  return parts.flat().join(" ");
}

function range(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return `Until ${formatDay(to ?? "")}`;
  if (to === undefined) return `From ${formatDay(from)}`;
  return from === to ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`;
}
