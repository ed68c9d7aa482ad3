import { formatDay } from "~/format/index.ts";
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

export function chipsOf(filters: Filters, accounts: readonly Named[], playbooks: readonly Named[] = []): Chip[] {
  const chips: Chip[] = [];
  const { account, from, to, symbol, side, outcome, tag } = filters;
  if (account !== undefined) {
    chips.push({ label: accounts.find(({ id }) => id === account)?.name ?? "One account", without: { account: undefined } });
  }
  if (from !== undefined || to !== undefined) chips.push({ label: range(from, to), without: { from: undefined, to: undefined } });
  for (const one of symbol) chips.push({ label: one, without: { symbol: symbol.filter((other) => other !== one) } });
  if (side !== undefined) chips.push({ label: side === "long" ? "Long" : "Short", without: { side: undefined } });
  for (const one of outcome) chips.push({ label: OUTCOMES[one], without: { outcome: outcome.filter((other) => other !== one) } });
  for (const one of tag) chips.push({ label: `Tag: ${one}`, without: { tag: tag.filter((other) => other !== one) } });
  if (filters.playbook !== undefined) {
    const name = playbooks.find(({ id }) => id === filters.playbook)?.name ?? "one";
    chips.push({ label: `Playbook: ${name}`, without: { playbook: undefined } });
  }
  return chips;
}

export const OUTCOMES = { win: "Wins", loss: "Losses", scratch: "Scratches" } as const;

function range(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return `Until ${formatDay(to ?? "")}`;
  if (to === undefined) return `From ${formatDay(from)}`;
  return from === to ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`;
}
