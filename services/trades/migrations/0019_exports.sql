-- Exports of everything that a user has. They are kept for seven days.
CREATE TABLE exports (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    status text NOT NULL CHECK (status IN ('running', 'completed', 'failed')),
    bytes bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    expires_at timestamptz NOT NULL DEFAULT now() + interval '7 days',
    PRIMARY KEY (user_id, id)
);

CREATE UNIQUE INDEX exports_running ON exports (user_id) WHERE status = 'running';
CREATE INDEX exports_expires_at ON exports (expires_at);

-- What other services handed in, until it is in the file.
CREATE TABLE export_portions (
    user_id uuid NOT NULL,
    export_id uuid NOT NULL,
    part text COLLATE "C" NOT NULL CHECK (part IN ('account', 'inbox')),
    sequence integer NOT NULL CHECK (sequence >= 0),
    -- The part has no more portions than those up to this.
    is_last boolean NOT NULL,
    file text COLLATE "C" NOT NULL,
    lines text NOT NULL,
    PRIMARY KEY (user_id, export_id, part, sequence),
    FOREIGN KEY (user_id, export_id) REFERENCES exports (user_id, id) ON DELETE CASCADE
);

ALTER TABLE exports ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON exports USING (user_id = (SELECT acting_user()));
ALTER TABLE export_portions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON export_portions USING (user_id = (SELECT acting_user()));

-- The cleanup acts for nobody: it says so, and then sees what is over.
CREATE POLICY over ON exports
    USING (expires_at < now() AND current_setting('app.cleanup', true) = 'on') WITH CHECK (false);
