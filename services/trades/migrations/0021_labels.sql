-- Tags by name. Trades keep the names themselves, spelled as here.
CREATE TABLE tags (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    -- In small letters: names that differ in capitals only are one.
    folded text COLLATE "C" NOT NULL,
    color text CHECK (color ~ '^#[0-9a-f]{6}$'),
    created_at timestamptz NOT NULL,
    -- Grows with every change.
    version bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, id),
    CONSTRAINT tags_name_taken UNIQUE (user_id, folded)
);

-- Ways of trading, each with the rules that it is made of: [{"id", "text"}].
CREATE TABLE playbooks (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    rules jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, id),
    CONSTRAINT playbooks_name_taken UNIQUE (user_id, name)
);

-- What else is noted about each trade.
CREATE TABLE custom_fields (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('text', 'number', 'choice', 'boolean')),
    choices text[] NOT NULL,
    created_at timestamptz NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, id),
    CONSTRAINT custom_fields_name_taken UNIQUE (user_id, name)
);

ALTER TABLE trade_journal
    ADD COLUMN mistakes text[] NOT NULL DEFAULT '{}',
    ADD COLUMN rating smallint CHECK (rating BETWEEN 1 AND 5),
    ADD COLUMN playbook_id uuid,
    -- Ids of rules of that playbook.
    ADD COLUMN followed_rules uuid[] NOT NULL DEFAULT '{}',
    -- By the id of a custom field.
    ADD COLUMN custom jsonb NOT NULL DEFAULT '{}',
    ADD FOREIGN KEY (user_id, playbook_id) REFERENCES playbooks (user_id, id) ON DELETE SET NULL (playbook_id);
CREATE INDEX trade_journal_playbook ON trade_journal (user_id, playbook_id) WHERE playbook_id IS NOT NULL;

-- The rest of what was written about the first trade of a merge alone.
ALTER TABLE regroupings ADD COLUMN kept_labels jsonb;

-- Tags that are in use already; of several spellings one counts.
ALTER TABLE trade_journal NO FORCE ROW LEVEL SECURITY;
ALTER TABLE regroupings NO FORCE ROW LEVEL SECURITY;
INSERT INTO tags (user_id, id, name, folded, created_at)
SELECT DISTINCT ON (user_id, lower(tag)) user_id, gen_random_uuid(), tag, lower(tag), now()
FROM (SELECT user_id, unnest(tags) AS tag FROM trade_journal
      UNION ALL SELECT user_id, unnest(kept_tags) FROM regroupings WHERE kept_tags IS NOT NULL) AS used
ORDER BY user_id, lower(tag), tag;
UPDATE trade_journal AS j
SET tags = ARRAY(SELECT t.name FROM unnest(j.tags) WITH ORDINALITY AS u (tag, place)
                 JOIN tags AS t ON t.user_id = j.user_id AND t.folded = lower(u.tag) ORDER BY u.place)
WHERE tags <> '{}';
UPDATE regroupings AS r
SET kept_tags = ARRAY(SELECT t.name FROM unnest(r.kept_tags) WITH ORDINALITY AS u (tag, place)
                      JOIN tags AS t ON t.user_id = r.user_id AND t.folded = lower(u.tag) ORDER BY u.place)
WHERE kept_tags <> '{}';
ALTER TABLE trade_journal FORCE ROW LEVEL SECURITY;
ALTER TABLE regroupings FORCE ROW LEVEL SECURITY;

ALTER TABLE tags ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON tags USING (user_id = (SELECT acting_user()));
ALTER TABLE playbooks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON playbooks USING (user_id = (SELECT acting_user()));
ALTER TABLE custom_fields ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON custom_fields USING (user_id = (SELECT acting_user()));
