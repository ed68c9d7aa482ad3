-- What a user finds when they come back, and how they want to hear of it.

-- Whom auth told us of. Events arrive in any order, so nothing refers to this table: a mail waits until its row is here.
CREATE TABLE recipients (
    user_id uuid PRIMARY KEY,
    email text NOT NULL,
    display_name text NOT NULL
);

-- No row: everything off.
CREATE TABLE preferences (
    user_id uuid PRIMARY KEY,
    email_import_finished boolean NOT NULL DEFAULT false
);

-- The id is a UUIDv7: the primary key is also the order of the list, newest first.
CREATE TABLE notifications (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    subject_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    read_at timestamptz,
    PRIMARY KEY (user_id, id),
    -- One notice of a kind about one thing, however often its event is published.
    CONSTRAINT notifications_subject UNIQUE (user_id, subject_id, kind)
);

CREATE INDEX notifications_unread ON notifications (user_id, id) WHERE read_at IS NULL;
