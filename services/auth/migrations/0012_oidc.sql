-- Accounts elsewhere that sign a user in.
CREATE TABLE oidc_identities (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    issuer text NOT NULL CHECK (octet_length(issuer) <= 512),
    -- The issuer's name for its user; an address may change hands, this does not.
    subject text NOT NULL CHECK (octet_length(subject) BETWEEN 1 AND 255),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, issuer, subject),
    CONSTRAINT oidc_identities_subject UNIQUE (issuer, subject)
);

-- Sign-ins that have begun at a provider. Only hashes: what makes one good is in the browser alone.
CREATE TABLE oidc_logins (
    state_hash bytea PRIMARY KEY CHECK (octet_length(state_hash) = 32),
    browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
    provider text NOT NULL,
    return_to text NOT NULL,
    -- Whose account is to be linked, and in which session that was asked for; NULL: somebody signs in.
    linking_user uuid REFERENCES users (id) ON DELETE CASCADE,
    linking_session uuid,
    expires_at timestamptz NOT NULL,
    CHECK ((linking_user IS NULL) = (linking_session IS NULL))
);

CREATE INDEX oidc_logins_expires_at ON oidc_logins (expires_at);
CREATE INDEX oidc_logins_linking_user ON oidc_logins (linking_user) WHERE linking_user IS NOT NULL;

ALTER TABLE oidc_identities ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON oidc_identities USING (user_id = (SELECT acting_user()));
-- Whose an identity is, is asked before anybody acts: the transaction states the verified identity, and sees that one row.
CREATE POLICY shown ON oidc_identities FOR SELECT
    USING (issuer = current_setting('app.oidc_issuer', true) AND subject = current_setting('app.oidc_subject', true));
