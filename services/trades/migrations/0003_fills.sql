-- Executions, as the broker reported them. Ids and symbols are compared byte by byte, in SQL as in Rust.
CREATE TABLE fills (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    execution_id text COLLATE "C" NOT NULL,
    -- The import that it belongs to, and its line in that file.
    import_id uuid NOT NULL,
    line bigint NOT NULL,
    symbol text COLLATE "C" NOT NULL,
    asset_class text NOT NULL,
    side text NOT NULL CHECK (side IN ('buy', 'sell')),
    quantity numeric NOT NULL CHECK (quantity > 0),
    price numeric NOT NULL,
    commission numeric NOT NULL,
    fees numeric NOT NULL,
    currency text COLLATE "C" NOT NULL,
    multiplier numeric NOT NULL CHECK (multiplier > 0),
    executed_at timestamptz NOT NULL,
    -- The file's order among fills of the same time.
    sequence bigint NOT NULL,
    -- The time as the file wrote it, and what gave it its zone.
    time_text text NOT NULL,
    time_source text NOT NULL,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE,
    FOREIGN KEY (user_id, import_id) REFERENCES imports (user_id, id),
    CONSTRAINT fills_execution UNIQUE (user_id, account_id, execution_id)
);

-- The order in which a book takes its fills.
CREATE INDEX fills_book ON fills
    (user_id, account_id, symbol, currency, multiplier, executed_at, sequence, execution_id);
CREATE INDEX fills_recent ON fills (user_id, executed_at DESC, id DESC);
CREATE INDEX fills_import ON fills (user_id, import_id);

-- Further imports that brought a fill which was there already: when its own import is undone, the fill goes to the
-- earliest of them instead of going away.
CREATE TABLE fill_sightings (
    user_id uuid NOT NULL,
    fill_id uuid NOT NULL,
    import_id uuid NOT NULL,
    line bigint NOT NULL,
    PRIMARY KEY (user_id, fill_id, import_id),
    FOREIGN KEY (user_id, fill_id) REFERENCES fills (user_id, id) ON DELETE CASCADE,
    FOREIGN KEY (user_id, import_id) REFERENCES imports (user_id, id) ON DELETE CASCADE
);

CREATE INDEX fill_sightings_import ON fill_sightings (user_id, import_id);
