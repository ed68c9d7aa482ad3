-- Attempts that may fail only so often: on an account, from an address, by a device. One row for each, whose lock makes the count exact.
CREATE TABLE attempts (
    -- A keyed hash of what is counted: addresses of strangers are not stored.
    subject bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
    -- When an attempt began that nobody has judged yet. One that nobody ever judges, as its process died, counts as failed.
    pending timestamptz[] NOT NULL DEFAULT '{}',
    -- When an attempt began that failed.
    failed timestamptz[] NOT NULL DEFAULT '{}',
    -- When the newest attempt began; grows with each, so that it names the attempt.
    newest timestamptz NOT NULL
);

CREATE INDEX attempts_newest ON attempts (newest);

-- Devices that somebody signed in on before: they still sign in while strangers use up the attempts on the account.
CREATE TABLE trusted_devices (
    -- SHA-256 of what the device holds.
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);

CREATE INDEX trusted_devices_user ON trusted_devices (user_id, last_used_at);
CREATE INDEX trusted_devices_expires_at ON trusted_devices (expires_at);
