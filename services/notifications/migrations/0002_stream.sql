-- Each user's live messages: numbered 1, 2, 3 .. without gaps, in the order of their commits.

-- The newest number. Its row lock is held from the increment to the commit, which is what keeps order and gaplessness.
CREATE TABLE stream_heads (
    user_id uuid PRIMARY KEY,
    seq bigint NOT NULL
);

-- Kept for seven days, for those who resume.
CREATE TABLE stream_messages (
    user_id uuid NOT NULL,
    seq bigint NOT NULL,
    type text NOT NULL,
    data jsonb NOT NULL,
    -- Read under the head's row lock, so that it grows with seq and a cut by time is a cut by seq.
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (user_id, seq)
);

CREATE INDEX stream_messages_age ON stream_messages (created_at);
