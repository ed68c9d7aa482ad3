-- Public keys of users' authenticators.
CREATE TABLE passkeys (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    -- Made by the authenticator. Nobody else may claim one that is known.
    credential_id bytea NOT NULL CONSTRAINT passkeys_credential UNIQUE CHECK (octet_length(credential_id) BETWEEN 16 AND 1023),
    name text NOT NULL,
    -- The key, and what the authenticator said last: its counter must grow.
    credential jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    PRIMARY KEY (user_id, id)
);

-- Registrations that have begun.
CREATE TABLE passkey_registrations (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- SHA-256 of what names it.
    token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
    -- The challenge, and what else the answer must fit.
    state jsonb NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, token_hash)
);

CREATE INDEX passkey_registrations_expires_at ON passkey_registrations (expires_at);

-- Sign-ins that have begun: whose, only the answer tells.
CREATE TABLE passkey_logins (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    state jsonb NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX passkey_logins_expires_at ON passkey_logins (expires_at);

ALTER TABLE passkeys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON passkeys USING (user_id = (SELECT acting_user()));

ALTER TABLE passkey_registrations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON passkey_registrations USING (user_id = (SELECT acting_user()));
-- The cleanup acts for nobody: it says so, and then sees what is over.
CREATE POLICY over ON passkey_registrations
    USING (expires_at < now() AND current_setting('app.cleanup', true) = 'on');
