ALTER TABLE users
    -- Grows with each change that others must hear of: an old event undoes no newer one.
    ADD COLUMN profile_version bigint NOT NULL DEFAULT 0,
    -- When everything of the user is deleted; NULL: never.
    ADD COLUMN deletion_due_at timestamptz;

CREATE INDEX users_deletion_due_at ON users (deletion_due_at) WHERE deletion_due_at IS NOT NULL;

-- The address that a token of the kind change-email confirms.
ALTER TABLE mailed_tokens ADD COLUMN email text;

-- The words are the program's: a list in the database would only have to follow it.
ALTER TABLE mailed_tokens DROP CONSTRAINT mailed_tokens_purpose_check;
ALTER TABLE mailed_tokens ADD CONSTRAINT mailed_tokens_purpose_check CHECK (purpose ~ '^[a-z-]{1,40}$');
ALTER TABLE sessions DROP CONSTRAINT sessions_revoke_reason_check;
ALTER TABLE sessions ADD CONSTRAINT sessions_revoke_reason_check CHECK (revoke_reason ~ '^[a-z-]{1,40}$');
