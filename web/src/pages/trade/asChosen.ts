import type { CustomValue, Trade, TradeChange } from "@trading-journal/sdk";

/** The trade with a change that is on its way: a list that is null stays as it is, anything else that is null goes. */
export function asChosen(trade: Trade, change: TradeChange): Trade {
  return {
    ...trade,
    tags: change.tags ?? trade.tags,
    mistakes: change.mistakes ?? trade.mistakes,
    followed_rules: change.followed_rules ?? (change.playbook_id === undefined ? trade.followed_rules : []),
    playbook_id: change.playbook_id === undefined ? (trade.playbook_id ?? null) : change.playbook_id,
    rating: change.rating === undefined ? (trade.rating ?? null) : change.rating,
    custom: withChanges(trade.custom, change.custom ?? {}),
  };
}

function withChanges(custom: Trade["custom"], changes: NonNullable<TradeChange["custom"]>): Trade["custom"] {
  const entries = Object.entries({ ...custom, ...changes }).filter((entry): entry is [string, CustomValue] => entry[1] !== null);
  return Object.fromEntries(entries);
}
