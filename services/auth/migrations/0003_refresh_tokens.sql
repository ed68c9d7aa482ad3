-- Every refresh token of a session, the consumed ones too: presenting one of those again betrays a theft.
CREATE TABLE refresh_tokens (
    -- SHA-256: whoever reads this table cannot use what it holds.
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    user_id uuid NOT NULL,
    session_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    consumed_at timestamptz,
    FOREIGN KEY (user_id, session_id) REFERENCES sessions (user_id, id) ON DELETE CASCADE
);

-- A session never has two tokens that could be used.
CREATE UNIQUE INDEX refresh_tokens_one_unconsumed ON refresh_tokens (user_id, session_id) WHERE consumed_at IS NULL;
-- For the foreign key and for the cleanup.
CREATE INDEX refresh_tokens_session ON refresh_tokens (user_id, session_id);
CREATE INDEX refresh_tokens_expires_at ON refresh_tokens (expires_at);
