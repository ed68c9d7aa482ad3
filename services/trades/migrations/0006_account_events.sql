-- What happened in an account beside its fills. Those with a symbol take part in the books of that symbol.
CREATE TABLE account_events (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    -- The broker's id, or one made from the row.
    event_id text COLLATE "C" NOT NULL,
    -- The import that it belongs to, and its line in that file; null: somebody entered it by hand.
    import_id uuid,
    line bigint NOT NULL,
    -- What the ledger does with it.
    kind text NOT NULL CHECK (kind IN ('split', 'cash', 'expiry', 'exercise')),
    -- What people call it, such as dividend, funding or assignment.
    what text NOT NULL,
    -- Null: it concerns no position.
    symbol text COLLATE "C",
    -- Null: every book of the symbol.
    currency text COLLATE "C",
    -- Money: cash, above 0 received; the fee of an exercise, above 0 charged.
    amount numeric,
    -- Units: the contracts of an exercise; what a split makes of `quantity_before` units.
    quantity numeric CHECK (quantity > 0),
    quantity_before numeric CHECK (quantity_before > 0),
    -- The price at which an expiry settles.
    price numeric,
    note text NOT NULL,
    occurred_at timestamptz NOT NULL,
    -- Its place among the events of one time: splits 0, fills and cash 1, expiries and exercises 2.
    rank smallint NOT NULL,
    sequence bigint NOT NULL,
    -- The time as the file wrote it, and what gave it its zone.
    time_text text NOT NULL,
    time_source text NOT NULL,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE,
    FOREIGN KEY (user_id, import_id) REFERENCES imports (user_id, id),
    CONSTRAINT account_events_identity UNIQUE (user_id, account_id, event_id),
    CHECK (kind <> 'split' OR (symbol IS NOT NULL AND quantity IS NOT NULL AND quantity_before IS NOT NULL)),
    CHECK (kind <> 'cash' OR (amount IS NOT NULL AND currency IS NOT NULL)),
    CHECK (kind <> 'expiry' OR (symbol IS NOT NULL AND price IS NOT NULL)),
    CHECK (kind <> 'exercise' OR (symbol IS NOT NULL AND quantity IS NOT NULL AND amount IS NOT NULL))
);

CREATE INDEX account_events_book ON account_events
    (user_id, account_id, symbol, occurred_at, rank, sequence, event_id) WHERE symbol IS NOT NULL;
CREATE INDEX account_events_cash ON account_events (user_id, account_id, occurred_at DESC, id DESC) WHERE kind = 'cash';
CREATE INDEX account_events_import ON account_events (user_id, import_id);

-- Like fill_sightings.
CREATE TABLE account_event_sightings (
    user_id uuid NOT NULL,
    event_id uuid NOT NULL,
    import_id uuid NOT NULL,
    line bigint NOT NULL,
    PRIMARY KEY (user_id, event_id, import_id),
    FOREIGN KEY (user_id, event_id) REFERENCES account_events (user_id, id) ON DELETE CASCADE,
    FOREIGN KEY (user_id, import_id) REFERENCES imports (user_id, id) ON DELETE CASCADE
);

CREATE INDEX account_event_sightings_import ON account_event_sightings (user_id, import_id);

-- Funding, dividends and borrow fees while the trade was open; net_pnl includes them.
ALTER TABLE trades ADD COLUMN other numeric NOT NULL DEFAULT 0;
-- Among the events of one time (see account_events.rank): an expiry may close a trade.
ALTER TABLE trades ADD COLUMN opening_rank smallint NOT NULL DEFAULT 1;
ALTER TABLE trades ADD COLUMN closing_rank smallint;
UPDATE trades SET closing_rank = 1 WHERE closed_at IS NOT NULL;
-- What opening_closed_quantity rounds: a fraction, where a split left no finite number.
ALTER TABLE trades ADD COLUMN opening_closed_exact text;

DROP INDEX trades_book;
CREATE INDEX trades_book ON trades
    (user_id, account_id, symbol, currency, multiplier, opened_at, opening_rank, opening_sequence, opening_execution_id);
