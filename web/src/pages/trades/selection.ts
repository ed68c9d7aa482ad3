/** Which rows of a list are selected, and where the keyboard is. Rows are named by id, so that it outlives news in the list. */

export interface Selection {
  readonly chosen: ReadonlySet<string>;
  /** The row that the keyboard acts on. */
  readonly active: string | null;
  /** Where a range begins. */
  readonly anchor: string | null;
}

export type SelectionAction =
  | { type: "move"; by: number; extend: boolean }
  | { type: "activate"; id: string }
  | { type: "toggle"; id: string }
  | { type: "range"; to: string }
  | { type: "all" }
  | { type: "clear" };

export const NOTHING: Selection = { chosen: new Set(), active: null, anchor: null };

/** What an action makes of a selection in a list of `ids`, in their order on the page. */
export function select(selection: Selection, action: SelectionAction, ids: readonly string[]): Selection {
  switch (action.type) {
    case "move": {
      const active = neighbour(ids, selection.active, action.by);
      if (active === null || !action.extend) return { ...selection, active, anchor: active };
      const anchor = selection.anchor ?? selection.active ?? active;
      return { active, anchor, chosen: withRange(selection.chosen, ids, anchor, active) };
    }
    case "activate":
      return { ...selection, active: action.id, anchor: action.id };
    case "toggle": {
      const chosen = new Set(selection.chosen);
      if (!chosen.delete(action.id)) chosen.add(action.id);
      return { chosen, active: action.id, anchor: action.id };
    }
    case "range": {
      const anchor = selection.anchor ?? action.to;
      return { active: action.to, anchor, chosen: withRange(selection.chosen, ids, anchor, action.to) };
    }
    case "all":
      return { ...selection, chosen: new Set(ids) };
    case "clear":
      return selection.chosen.size === 0 ? selection : { ...selection, chosen: new Set() };
  }
}

function neighbour(ids: readonly string[], from: string | null, by: number): string | null {
  const at = from === null ? -1 : ids.indexOf(from);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.max(0, Math.min(ids.length - 1, at + by))] ?? null;
}

function withRange(chosen: ReadonlySet<string>, ids: readonly string[], from: string, to: string): ReadonlySet<string> {
  const ends = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
  const [first = -1, last = -1] = ends;
  if (first < 0) return new Set([...chosen, to]);
  return new Set([...chosen, ...ids.slice(first, last + 1)]);
}
