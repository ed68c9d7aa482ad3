-- The job that deletes accounts acts for nobody until it has found whose time is over.
CREATE POLICY over ON users
    USING (deletion_due_at <= now() AND current_setting('app.cleanup', true) = 'on') WITH CHECK (false);
