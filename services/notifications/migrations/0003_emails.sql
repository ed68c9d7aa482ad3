-- Mails to send, and for a while those sent. The address is looked up when a mail is sent: it is in `recipients` only.
CREATE TABLE emails (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    -- What the mail is about: a second event about the same makes no second mail.
    event_key text NOT NULL,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text NOT NULL,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    -- Why the last attempt failed.
    failure text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, id),
    CONSTRAINT emails_event_key UNIQUE (user_id, event_key)
);

CREATE INDEX emails_due ON emails (next_attempt_at) WHERE state = 'queued';
CREATE INDEX emails_age ON emails (created_at);
