-- What one unit of a currency is worth in another, from a time on, as its owner or a broker's file says. Trades are told in their
-- account's currency on request, so nothing is derived from it.
CREATE TABLE exchange_rates (
    user_id uuid NOT NULL,
    from_currency text COLLATE "C" NOT NULL,
    to_currency text COLLATE "C" NOT NULL,
    valid_from timestamptz NOT NULL,
    rate numeric NOT NULL CHECK (rate > 0),
    -- What the owner says wins over what files say.
    source text NOT NULL CHECK (source IN ('user', 'broker')),
    PRIMARY KEY (user_id, from_currency, to_currency, valid_from),
    CHECK (from_currency <> to_currency)
);
