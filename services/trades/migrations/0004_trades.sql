-- Round trips from flat to flat: derived from the fills, and rebuilt when these change.
CREATE TABLE trades (
    user_id uuid NOT NULL,
    -- Made from the account and the opening execution, so that it survives undo and re-import.
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    symbol text COLLATE "C" NOT NULL,
    currency text COLLATE "C" NOT NULL,
    multiplier numeric NOT NULL,
    asset_class text NOT NULL,
    side text NOT NULL CHECK (side IN ('long', 'short')),
    -- Still open; 0 when closed.
    quantity numeric NOT NULL,
    peak_quantity numeric NOT NULL,
    entry_quantity numeric NOT NULL,
    exit_quantity numeric NOT NULL,
    average_entry numeric NOT NULL,
    average_exit numeric,
    -- The place of the first fill in the book, and what of it closed the trade before.
    opened_at timestamptz NOT NULL,
    opening_sequence bigint NOT NULL,
    opening_execution_id text COLLATE "C" NOT NULL,
    opening_closed_quantity numeric NOT NULL,
    -- The place of the fill that closed it; null while it is open.
    closed_at timestamptz,
    closing_sequence bigint,
    closing_execution_id text COLLATE "C",
    -- Realised.
    gross_pnl numeric NOT NULL,
    net_pnl numeric NOT NULL,
    commissions numeric NOT NULL,
    fees numeric NOT NULL,
    fill_count bigint NOT NULL,
    -- The account's revision that changed it last.
    version bigint NOT NULL,
    sort_at timestamptz NOT NULL GENERATED ALWAYS AS (COALESCE(closed_at, opened_at)) STORED,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE
);

CREATE INDEX trades_book ON trades
    (user_id, account_id, symbol, currency, multiplier, opened_at, opening_sequence, opening_execution_id);
CREATE INDEX trades_by_close ON trades (user_id, sort_at DESC, id DESC);
CREATE INDEX trades_by_open ON trades (user_id, opened_at DESC, id DESC);

-- What a trader writes about a trade. It does not refer to `trades`: it outlives rebuilds and undone imports.
CREATE TABLE trade_journal (
    user_id uuid NOT NULL,
    trade_id uuid NOT NULL,
    account_id uuid NOT NULL,
    notes text NOT NULL,
    tags text[] NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (user_id, trade_id),
    FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE
);

CREATE INDEX trade_journal_account ON trade_journal (user_id, account_id);
