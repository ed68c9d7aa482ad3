-- A session need not come from a sign-in: an API key has one of its own, so that it ends as sessions do, for everybody who follows them.
ALTER TABLE sessions ADD COLUMN kind text NOT NULL DEFAULT 'sign-in' CHECK (kind IN ('sign-in', 'api-key', 'mentor'));

-- Keys of a user's own programs.
CREATE TABLE api_keys (
    user_id uuid NOT NULL,
    -- The session's as well.
    id uuid NOT NULL,
    name text NOT NULL,
    scope text NOT NULL CHECK (scope IN ('read', 'write')),
    -- SHA-256: whoever reads this table cannot use what it holds.
    key_hash bytea NOT NULL CHECK (octet_length(key_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    -- NULL: never.
    expires_at timestamptz,
    PRIMARY KEY (user_id, id),
    CONSTRAINT api_keys_hash UNIQUE (user_id, key_hash),
    FOREIGN KEY (user_id, id) REFERENCES sessions (user_id, id) ON DELETE CASCADE
);

ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON api_keys USING (user_id = (SELECT acting_user()));
