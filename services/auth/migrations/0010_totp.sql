-- What a user's authenticator app counts codes with: asked for at sign-in once it is confirmed.
CREATE TABLE totp_secrets (
    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- Another one for each enrolment: a code for one confirms no other.
    id uuid NOT NULL,
    -- An envelope: the secret under a key of its own, and that key under the key with this id, which is not in the database.
    key_id text NOT NULL,
    wrapped_key bytea NOT NULL,
    sealed_secret bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- NULL: only enrolled.
    confirmed_at timestamptz,
    -- The 30 seconds since 1970 of the newest code that was used: only a newer one is good.
    last_step bigint NOT NULL DEFAULT 0
);

-- For whoever lost the app.
CREATE TABLE recovery_codes (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- SHA-256 of the user and the code: whoever reads this table cannot use what it holds.
    code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
    used_at timestamptz,
    PRIMARY KEY (user_id, code_hash)
);

ALTER TABLE totp_secrets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON totp_secrets USING (user_id = (SELECT acting_user()));

ALTER TABLE recovery_codes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON recovery_codes USING (user_id = (SELECT acting_user()));

ALTER TABLE sessions DROP CONSTRAINT sessions_revoke_reason_check;
ALTER TABLE sessions ADD CONSTRAINT sessions_revoke_reason_check
    CHECK (revoke_reason IN ('logout', 'revoked', 'refresh-token-reuse', 'password-changed', 'mfa-changed'));
