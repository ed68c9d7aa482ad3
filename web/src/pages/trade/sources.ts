// From which lines of which files each number of a trade comes.

import type { TradeDetail } from "@trading-journal/sdk";

/** Lines of one file; without one, what was entered by hand. */
export interface SourceLines {
  readonly importId: string | null;
  readonly lines: readonly number[];
  /** How many fills or events it are. */
  readonly count: number;
}

export type Figure = "entry" | "exit" | "costs" | "other" | "result";

type Part = Pick<TradeDetail, "fills" | "legs" | "events" | "side">;

/** Entries and exits by the legs; what no leg has closed yet, by its side. */
export function rolesOf({ fills, legs, side }: Omit<Part, "events">): ReadonlyMap<string, "entry" | "exit" | "both"> {
  const opening = new Set(legs.map((leg) => leg.open_execution_id));
  const closing = new Set(legs.map((leg) => leg.close_execution_id));
  const opens = side === "long" ? "buy" : "sell";
  const roles = new Map<string, "entry" | "exit" | "both">();
  for (const { execution_id, side: of } of fills) {
    const isEntry = opening.has(execution_id) || (!closing.has(execution_id) && of === opens);
    const isExit = closing.has(execution_id);
    roles.set(execution_id, isEntry && isExit ? "both" : isEntry ? "entry" : "exit");
  }
  return roles;
}

export function sourcesOf(figure: Figure, trade: Part): readonly SourceLines[] {
  const roles = rolesOf(trade);
  const has = (execution: string, role: "entry" | "exit") => [role, "both"].includes(roles.get(execution) ?? "");
  const isZero = (amount: string) => /^-?[0.]*$/.test(amount);
  switch (figure) {
    case "entry":
      return group(trade.fills.filter((fill) => has(fill.execution_id, "entry")));
    case "exit":
      return group(trade.fills.filter((fill) => has(fill.execution_id, "exit")));
    case "costs":
      return group(trade.fills.filter((fill) => !isZero(fill.commission) || !isZero(fill.fees)));
    case "other":
      return group(trade.events.filter((event) => event.kind === "cash"));
    case "result":
      return group([...trade.fills, ...trade.events]);
  }
}

function group(rows: readonly { readonly import_id?: string | null; readonly line: number }[]): readonly SourceLines[] {
  const files = new Map<string | null, number[]>();
  for (const { import_id, line } of rows) {
    const file = import_id ?? null;
    files.set(file, [...(files.get(file) ?? []), line]);
  }
  return [...files].map(([importId, all]) => ({
    importId,
    lines: importId === null ? [] : [...new Set(all)].sort((a, b) => a - b),
    count: all.length,
  }));
}

/** `line 214`, `lines 3–5, 9`: neighbours as a range. */
export function formatLines(lines: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const line of lines) {
    const range = ranges.at(-1);
    if (range && line === range[1] + 1) range[1] = line;
    else ranges.push([line, line]);
  }
  const words = ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(", ");
  return `${lines.length === 1 ? "line" : "lines"} ${words}`;
}
