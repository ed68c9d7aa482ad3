-- Who may read whose journal: invited by mail, and from then on until one of the two ends it.
CREATE TABLE mentors (
    -- Whose journal it is.
    user_id uuid NOT NULL,
    -- Once it is accepted, a session's as well: it ends as sessions do.
    id uuid NOT NULL,
    -- Where the invitation went.
    email text NOT NULL CHECK (octet_length(email) <= 254),
    -- SHA-256 of what stands in the invitation; NULL: it was used.
    token_hash bytea CHECK (octet_length(token_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    -- When the invitation is over.
    expires_at timestamptz NOT NULL,
    -- Who accepted, and when.
    mentor_id uuid,
    accepted_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (user_id, id),
    CONSTRAINT mentors_token UNIQUE (user_id, token_hash),
    CHECK ((mentor_id IS NULL) = (accepted_at IS NULL) AND (mentor_id IS NULL OR token_hash IS NULL))
);

CREATE INDEX mentors_mentor ON mentors (mentor_id, user_id) WHERE mentor_id IS NOT NULL;

ALTER TABLE mentors ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON mentors USING (user_id = (SELECT acting_user()));
-- A mentor sees what was given, and changes nothing of it but by the owner's name.
CREATE POLICY given ON mentors FOR SELECT USING (mentor_id = (SELECT acting_user()));
