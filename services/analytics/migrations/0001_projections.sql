-- What analytics keeps of other services' state. Each row carries the version of the state it shows: an older event never
-- overwrites a newer one. What is gone elsewhere stays here as a tombstone, so that a late event cannot bring it back.
CREATE TABLE accounts (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    currency text NOT NULL,
    time_zone text NOT NULL,
    opening_balance numeric,
    version bigint NOT NULL,
    deleted boolean NOT NULL DEFAULT false,
    PRIMARY KEY (user_id, id)
);

CREATE TABLE trades (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    version bigint NOT NULL,
    removed boolean NOT NULL DEFAULT false,
    symbol text NOT NULL DEFAULT '',
    currency text NOT NULL DEFAULT '',
    side text NOT NULL DEFAULT '',
    status text NOT NULL DEFAULT '',
    opened_at timestamptz,
    closed_at timestamptz,
    gross_pnl numeric NOT NULL DEFAULT 0,
    net_pnl numeric NOT NULL DEFAULT 0,
    commissions numeric NOT NULL DEFAULT 0,
    fees numeric NOT NULL DEFAULT 0,
    -- Entered quantity x average entry price x multiplier.
    volume numeric NOT NULL DEFAULT 0,
    PRIMARY KEY (user_id, id)
);

CREATE INDEX trades_closed ON trades (user_id, currency, closed_at, account_id, id)
    WHERE status = 'closed' AND NOT removed;
CREATE INDEX trades_by_account ON trades (user_id, account_id);

-- How much of one revision of an account has been applied, as its messages may come in any order.
CREATE TABLE revisions (
    user_id uuid NOT NULL,
    account_id uuid NOT NULL,
    revision bigint NOT NULL,
    applied bigint NOT NULL,
    last_seen boolean NOT NULL,
    PRIMARY KEY (user_id, account_id, revision)
);
