-- One sign-in on one device. It ends at the latest at expires_at, earlier when it is revoked.
CREATE TABLE sessions (
    user_id uuid NOT NULL REFERENCES users (id),
    id uuid NOT NULL,
    device_name text NOT NULL,
    ip_address text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoke_reason text CHECK (revoke_reason IN ('logout', 'revoked', 'refresh-token-reuse')),
    PRIMARY KEY (user_id, id),
    CHECK ((revoked_at IS NULL) = (revoke_reason IS NULL))
);

-- For ListRevocations and for the cleanup.
CREATE INDEX sessions_revoked_at ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX sessions_expires_at ON sessions (expires_at);
