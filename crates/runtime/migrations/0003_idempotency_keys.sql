-- What was answered to requests that carried an idempotency key, in the transaction that did what they asked for.
CREATE TABLE idempotency_keys (
    user_id uuid NOT NULL,
    -- The call that the key was used for: the same key may be used for another.
    call text NOT NULL,
    key text NOT NULL,
    -- SHA-256 of the request.
    fingerprint bytea NOT NULL,
    answer bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, call, key)
);

CREATE INDEX idempotency_keys_age ON idempotency_keys (user_id, created_at);

ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON idempotency_keys USING (user_id = (SELECT acting_user()));
