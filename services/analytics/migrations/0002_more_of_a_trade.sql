-- What filters and figures need beyond money. Trades projected before have the defaults until the account's next revision
-- or a rebuild.
ALTER TABLE accounts ADD COLUMN session_calendar text NOT NULL DEFAULT '';

ALTER TABLE trades
    ADD COLUMN asset_class text NOT NULL DEFAULT '',
    -- Entered; its average price is rounded as the trades service shows it.
    ADD COLUMN size numeric NOT NULL DEFAULT 0,
    ADD COLUMN entry_price numeric,
    ADD COLUMN exit_price numeric,
    ADD COLUMN risk numeric,
    ADD COLUMN mae numeric,
    ADD COLUMN mfe numeric,
    ADD COLUMN low_price numeric,
    ADD COLUMN high_price numeric,
    ADD COLUMN excursion_source text NOT NULL DEFAULT '',
    -- What the trader wrote, with a version of its own: it changes without the money and the money without it.
    ADD COLUMN journal_version bigint NOT NULL DEFAULT 0,
    ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
    ADD COLUMN notes text NOT NULL DEFAULT '';
