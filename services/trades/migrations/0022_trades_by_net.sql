-- Trades by what they won. Comparing numerics is not leakproof, so under row level security no index can begin a page at one: the
-- approximate column narrows to where the page begins, and the exact one decides.
ALTER TABLE trades ADD COLUMN net_narrowed double precision NOT NULL GENERATED ALWAYS AS (net_pnl::double precision) STORED;
CREATE INDEX trades_by_net ON trades (user_id, net_narrowed, net_pnl, id);
