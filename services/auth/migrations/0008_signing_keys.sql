-- Keys of access tokens. One signs; one waits, published already; those that signed before stay published until their last token is over.
CREATE TABLE signing_keys (
    -- The thumbprint of the public half (RFC 7638), which tokens name as `kid`.
    id text PRIMARY KEY,
    -- The public half, a JSON Web Key (RFC 7517).
    jwk text NOT NULL,
    -- An envelope: the private half under a key of its own, and that key under the key with this id, which is not in the database.
    key_id text NOT NULL,
    wrapped_key bytea NOT NULL,
    sealed_secret bytea NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    -- NULL: it waits.
    signs_since timestamptz,
    -- Since when another signs.
    retired_at timestamptz,
    -- Published no longer: somebody else may have it.
    revoked_at timestamptz,
    CHECK (retired_at IS NULL OR signs_since IS NOT NULL)
);

-- Of all keys one signs, and one waits.
CREATE UNIQUE INDEX signing_keys_one_signs ON signing_keys ((true))
    WHERE signs_since IS NOT NULL AND retired_at IS NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX signing_keys_one_waits ON signing_keys ((true))
    WHERE signs_since IS NULL AND revoked_at IS NULL;
