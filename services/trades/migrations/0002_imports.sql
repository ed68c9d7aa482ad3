-- One uploaded file each, and what became of it.
CREATE TABLE imports (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    -- As the client named it: text to show, never a path.
    file_name text NOT NULL,
    object_key text NOT NULL,
    file_bytes bigint NOT NULL,
    file_sha256 bytea NOT NULL,
    -- What the client asked for; null: it left the choice to us.
    requested_format text,
    time_zone text,
    source_account text,
    status text NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'undone')),
    -- The format it was read as.
    format text,
    progress integer NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    rows_total bigint NOT NULL DEFAULT 0,
    rows_read bigint NOT NULL DEFAULT 0,
    rows_skipped bigint NOT NULL DEFAULT 0,
    rows_rejected bigint NOT NULL DEFAULT 0,
    fills_new bigint NOT NULL DEFAULT 0,
    fills_known bigint NOT NULL DEFAULT 0,
    fills_changed bigint NOT NULL DEFAULT 0,
    trades_opened bigint NOT NULL DEFAULT 0,
    trades_closed bigint NOT NULL DEFAULT 0,
    trades_changed bigint NOT NULL DEFAULT 0,
    -- The first 1,000.
    diagnostics jsonb NOT NULL DEFAULT '[]',
    diagnostics_total bigint NOT NULL DEFAULT 0,
    reconciliation jsonb NOT NULL DEFAULT '[]',
    failure text NOT NULL DEFAULT '',
    same_file_known boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE
);

CREATE INDEX imports_same_file ON imports (user_id, account_id, file_sha256);
