-- Addresses that proved to be their users', and passwords that change.
ALTER TABLE users
    ADD COLUMN email_verified_at timestamptz,
    -- Grows with each new password: a sign-in that checked the old one opens no session after it.
    ADD COLUMN password_version integer NOT NULL DEFAULT 0;

-- Tokens that go out by mail: one of a kind for each user, so that a new one voids the one before.
CREATE TABLE mailed_tokens (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose text NOT NULL CHECK (purpose IN ('verify-email', 'reset-password')),
    -- SHA-256 of what stands in the mail.
    token_hash bytea NOT NULL CONSTRAINT mailed_tokens_hash UNIQUE CHECK (octet_length(token_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    consumed_at timestamptz,
    PRIMARY KEY (user_id, purpose)
);

ALTER TABLE sessions DROP CONSTRAINT sessions_revoke_reason_check;
ALTER TABLE sessions ADD CONSTRAINT sessions_revoke_reason_check
    CHECK (revoke_reason IN ('logout', 'revoked', 'refresh-token-reuse', 'password-changed'));
