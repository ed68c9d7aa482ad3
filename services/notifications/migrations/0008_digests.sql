-- One mail a week about what came into the inbox, for whoever asked for it.
ALTER TABLE preferences ADD COLUMN email_digest boolean NOT NULL DEFAULT false;

-- What an import brought, so that a week can be added up. NULL: it is not of an import that completed, or of before this migration.
ALTER TABLE notifications ADD COLUMN new_fills bigint, ADD COLUMN differences bigint;

-- Who is to be told. Whatever else is read or written for them is done in the name of each.
CREATE POLICY digest ON preferences FOR SELECT
    USING (email_digest AND current_setting('app.purpose', true) = 'digest');
