-- A refresh token is derived from the one before it, so that whoever lost the answer is given the same one again.
ALTER TABLE refresh_tokens
    -- The hash of the token that this one was given for; NULL: for a sign-in. No token ever has two successors.
    ADD COLUMN predecessor_hash bytea CONSTRAINT refresh_tokens_one_successor UNIQUE CHECK (octet_length(predecessor_hash) = 32),
    -- Which pepper derived it.
    ADD COLUMN key_id text,
    -- A hash of what tells the device that consumed it.
    ADD COLUMN consumed_by bytea CHECK (octet_length(consumed_by) = 32);
