ALTER TABLE users
    -- What the user is to the product; it opens nobody's journal.
    ADD COLUMN role text NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'mentor', 'admin')),
    -- Since when nobody signs in as the user; NULL: somebody may.
    ADD COLUMN disabled_at timestamptz;

-- There are few.
CREATE INDEX users_admins ON users (id) WHERE role = 'admin';

-- Who administers says so, and sees the rows of all users. They are changed in the user's own name, one at a time.
CREATE POLICY administered ON users FOR SELECT USING (current_setting('app.purpose', true) = 'administer');
