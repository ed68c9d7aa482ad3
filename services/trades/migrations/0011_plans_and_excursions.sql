-- What files say of how far the trade that a fill closes went against its holder and for him. It is no part of the execution:
-- of several files the widest counts, whichever came first.
CREATE TABLE fill_excursions (
    user_id uuid NOT NULL,
    fill_id uuid NOT NULL,
    import_id uuid NOT NULL,
    -- Money in the fill's currency.
    mae numeric CHECK (mae <= 0),
    mfe numeric CHECK (mfe >= 0),
    PRIMARY KEY (user_id, fill_id, import_id),
    FOREIGN KEY (user_id, fill_id) REFERENCES fills (user_id, id) ON DELETE CASCADE,
    FOREIGN KEY (user_id, import_id) REFERENCES imports (user_id, id) ON DELETE CASCADE,
    CHECK (mae IS NOT NULL OR mfe IS NOT NULL)
);

CREATE INDEX fill_excursions_import ON fill_excursions (user_id, import_id);

-- What that comes to for whole trades; derived, and rebuilt with them.
CREATE TABLE trade_excursions (
    user_id uuid NOT NULL,
    trade_id uuid NOT NULL,
    mae numeric,
    mfe numeric,
    PRIMARY KEY (user_id, trade_id),
    FOREIGN KEY (user_id, trade_id) REFERENCES trades (user_id, id) ON DELETE CASCADE
);

-- What a trader planned when a trade was opened. Like trade_journal it outlives rebuilds and undone imports.
CREATE TABLE trade_plans (
    user_id uuid NOT NULL,
    trade_id uuid NOT NULL,
    account_id uuid NOT NULL,
    -- Prices.
    stop numeric,
    target numeric,
    -- Money; null: what the stop would have lost.
    risk numeric CHECK (risk > 0),
    PRIMARY KEY (user_id, trade_id),
    FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE
);

CREATE INDEX trade_plans_account ON trade_plans (user_id, account_id);
