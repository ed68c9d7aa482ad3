// One change of many trades.

import type { QueryClient } from "@tanstack/react-query";
import { changeTrades, showRows, tradeKeys, type TradeRow } from "~/api/trades.ts";
import { tagsQuery } from "~/api/labels.ts";
import { applyTags, inverse, type TagChange } from "./tagChange.ts";

/** The most that the API changes at once. */
const AT_ONCE = 200;

/** Trades by what is to be done to them. */
export type TagChanges = ReadonlyMap<TradeRow, TagChange>;

/** Changes the tags of each trade and the lists that show them. Answers what takes it back; trades that had it so are not in it. */
export async function tagTrades(client: QueryClient, changes: TagChanges): Promise<TagChanges> {
  const undo = new Map<TradeRow, TagChange>();
  for (const group of alike(changes)) {
    const { change, rows } = group;
    const ids = rows.map((row) => row.id);
    const changed = new Set(await changeTrades({ trade_ids: ids, add_tags: [...change.add], remove_tags: [...change.remove] }));
    for (const row of rows.filter(({ id }) => changed.has(id))) {
      const tagged = { ...row, tags: applyTags(row.tags, change) };
      undo.set(tagged, inverse(row.tags, tagged.tags));
    }
  }
  const rows = [...undo.keys()];
  showRows(client, new Map(rows.map((row) => [row.id, row])));
  for (const { id } of rows) void client.invalidateQueries({ queryKey: tradeKeys.one(id) });
  void client.invalidateQueries({ queryKey: tagsQuery.queryKey });
  void client.invalidateQueries({ queryKey: ["analytics"], refetchType: "none" });
  return undo;
}

interface Group {
  readonly change: TagChange;
  readonly rows: readonly TradeRow[];
}

/** Groups of trades with the same change, none larger than a request takes. */
export function alike(changes: TagChanges): readonly Group[] {
  const open = new Map<string, { change: TagChange; rows: TradeRow[] }>();
  const groups: Group[] = [];
  for (const [row, change] of changes) {
    const key = JSON.stringify([change.add, change.remove]);
    const group = open.get(key);
    if (group && group.rows.length < AT_ONCE) {
      group.rows.push(row);
    } else {
      const begun = { change, rows: [row] };
      open.set(key, begun);
      groups.push(begun);
    }
  }
  return groups;
}
