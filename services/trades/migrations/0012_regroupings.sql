-- What the owner merged and split. It names executions, as trade ids do, and outlives the trades.
CREATE TABLE regroupings (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('merge', 'split')),
    -- The executions that open the round trips merged, or the one that opens the round trip split.
    openings text[] COLLATE "C" NOT NULL,
    -- Of a split: which end of a leg decides on its part, and the executions with which a new part begins.
    along text CHECK (along IN ('exits', 'entries')),
    begins text[] COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    -- Why it is not applied, as of the last rebuild; null: it is.
    void_fault text,
    void_execution text COLLATE "C",
    -- While a merge is applied: the trade that shows the notes and tags of all, what was written about it alone, and the
    -- version that all together have. The others keep their own.
    kept_for uuid,
    kept_notes text,
    kept_tags text[],
    kept_version bigint,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE,
    CHECK ((kind = 'split') = (along IS NOT NULL))
);

CREATE INDEX regroupings_account ON regroupings (user_id, account_id, created_at, id);

-- The regrouping that made a trade, and the execution with which a part of a round trip begins.
ALTER TABLE trades ADD COLUMN regrouping_id uuid;
ALTER TABLE trades ADD COLUMN part text COLLATE "C";
CREATE INDEX trades_regrouping ON trades (user_id, regrouping_id) WHERE regrouping_id IS NOT NULL;

-- The times of the events at which its round trips begin and end in the book; opened_at and closed_at are its own, and of
-- a part they may differ.
ALTER TABLE trades ADD COLUMN opening_at timestamptz;
ALTER TABLE trades ADD COLUMN closing_at timestamptz;
UPDATE trades SET opening_at = opened_at, closing_at = closed_at;
ALTER TABLE trades ALTER COLUMN opening_at SET NOT NULL;

DROP INDEX trades_book;
CREATE INDEX trades_book ON trades
    (user_id, account_id, symbol, currency, multiplier, opening_at, opening_rank, opening_sequence, opening_execution_id);
