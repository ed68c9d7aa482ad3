-- Another id by which later rows of the broker refer to a fill.
ALTER TABLE fills ADD COLUMN reference text COLLATE "C";
-- A bust took it back: it counts in no book, but is still there to be seen.
ALTER TABLE fills ADD COLUMN voided boolean NOT NULL DEFAULT false;
-- Its order in the file of its own import; `sequence` is the least over all files that brought it.
ALTER TABLE fills ADD COLUMN own_sequence bigint;
ALTER TABLE fill_sightings ADD COLUMN sequence bigint;

CREATE INDEX fills_reference ON fills (user_id, account_id, reference) WHERE reference IS NOT NULL;

-- What was ever said about fills on which more than one thing was said: each version that a file told, corrections and
-- busts. What stands in `fills` is what these come to, whatever their order of arrival. Rows are never changed; they go
-- with the import that brought them.
CREATE TABLE fill_records (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('report', 'correction', 'bust')),
    -- A report: the execution id. Others: their own id.
    record_id text COLLATE "C" NOT NULL,
    -- The execution id or the reference of the fill.
    refers_to text COLLATE "C" NOT NULL,
    -- Null: the owner's own.
    import_id uuid,
    line bigint NOT NULL,
    made_at timestamptz NOT NULL,
    sequence bigint NOT NULL,
    -- What it says; a field that is left out stays as it was.
    content jsonb NOT NULL,
    -- Why, in the owner's words.
    reason text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE,
    FOREIGN KEY (user_id, import_id) REFERENCES imports (user_id, id)
);

CREATE INDEX fill_records_target ON fill_records (user_id, account_id, refers_to);
CREATE INDEX fill_records_import ON fill_records (user_id, import_id);
