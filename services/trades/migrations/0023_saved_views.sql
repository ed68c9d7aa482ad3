-- Pages of a client as somebody set them up: the query of their URL.
CREATE TABLE saved_views (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    -- The client's word for the page.
    page text COLLATE "C" NOT NULL,
    query text NOT NULL,
    created_at timestamptz NOT NULL,
    -- Grows with every change.
    version bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, id),
    CONSTRAINT saved_views_name_taken UNIQUE (user_id, page, name)
);

ALTER TABLE saved_views ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON saved_views USING (user_id = (SELECT acting_user()));
