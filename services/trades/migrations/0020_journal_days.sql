-- What a trader writes about a day.
CREATE TABLE journal_days (
    user_id uuid NOT NULL,
    day date NOT NULL,
    notes text NOT NULL,
    updated_at timestamptz NOT NULL,
    -- Grows with every change; 0: nothing was ever written.
    version bigint NOT NULL,
    PRIMARY KEY (user_id, day)
);

-- Texts that a note may begin with.
CREATE TABLE journal_templates (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    body text NOT NULL,
    created_at timestamptz NOT NULL,
    -- Grows with every change.
    version bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, id),
    CONSTRAINT journal_templates_name_taken UNIQUE (user_id, name)
);

ALTER TABLE journal_days ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON journal_days USING (user_id = (SELECT acting_user()));
ALTER TABLE journal_templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON journal_templates USING (user_id = (SELECT acting_user()));
