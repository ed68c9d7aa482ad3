-- Prices of an instrument over time, as its owner brought them: they say how far trades went between their fills.
CREATE TABLE price_bars (
    user_id uuid NOT NULL,
    -- As the owner's trades have it.
    symbol text COLLATE "C" NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
    open numeric NOT NULL,
    high numeric NOT NULL,
    low numeric NOT NULL,
    close numeric NOT NULL,
    PRIMARY KEY (user_id, symbol, starts_at)
);

-- How far trades went by these bars; derived, and measured again when trades or bars change. What a broker's file tells is in
-- trade_excursions, and counts first.
CREATE TABLE bar_excursions (
    user_id uuid NOT NULL,
    trade_id uuid NOT NULL,
    -- Prices.
    low numeric NOT NULL,
    high numeric NOT NULL,
    -- Money in the trade's currency.
    mae numeric NOT NULL CHECK (mae <= 0),
    mfe numeric NOT NULL CHECK (mfe >= 0),
    PRIMARY KEY (user_id, trade_id),
    FOREIGN KEY (user_id, trade_id) REFERENCES trades (user_id, id) ON DELETE CASCADE
);
