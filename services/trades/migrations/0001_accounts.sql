-- A broker account. Whatever writes fills locks its row first (FOR NO KEY UPDATE), so that the imports of one account
-- follow one another, and those of different accounts run side by side.
CREATE TABLE accounts (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    broker text NOT NULL,
    currency text NOT NULL,
    -- IANA name.
    time_zone text NOT NULL,
    matching text NOT NULL CHECK (matching IN ('fifo')),
    opening_balance numeric,
    -- Grows with every rebuild of the account's trades.
    revision bigint NOT NULL DEFAULT 0,
    -- Grows with every change of the account itself.
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id),
    CONSTRAINT accounts_name_taken UNIQUE (user_id, name)
);
