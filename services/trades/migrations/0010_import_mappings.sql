-- How somebody's own CSV files are laid out.
CREATE TABLE import_mappings (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    layout jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    -- Grows with every change.
    version bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, id),
    CONSTRAINT import_mappings_name_taken UNIQUE (user_id, name)
);

-- The layout as it was when the file was uploaded: whatever becomes of the mapping, the file can be read again.
ALTER TABLE imports ADD COLUMN layout jsonb;
