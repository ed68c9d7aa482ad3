-- Whoever acts for a user sees and writes that user's rows alone, whatever a query says. FORCE: the owner too.
ALTER TABLE recipients ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON recipients USING (user_id = (SELECT acting_user()));

ALTER TABLE preferences ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON preferences USING (user_id = (SELECT acting_user()));

ALTER TABLE notifications ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON notifications USING (user_id = (SELECT acting_user()));

ALTER TABLE stream_heads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON stream_heads USING (user_id = (SELECT acting_user()));

ALTER TABLE stream_messages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON stream_messages USING (user_id = (SELECT acting_user()));

ALTER TABLE emails ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON emails USING (user_id = (SELECT acting_user()));

-- What is done for all users at once says what for (`SET LOCAL app.purpose`), and then sees what that needs.

-- How far each stream is, to tell listeners.
CREATE POLICY heads ON stream_heads FOR SELECT USING (current_setting('app.purpose', true) = 'look-out');

-- Which mail is due, and whether its recipient is known. It is sent in the name of its user.
CREATE POLICY due ON emails FOR SELECT
    USING (state = 'queued' AND next_attempt_at <= now() AND current_setting('app.purpose', true) = 'send-mail');
CREATE POLICY due_lock ON emails FOR UPDATE
    USING (state = 'queued' AND next_attempt_at <= now() AND current_setting('app.purpose', true) = 'send-mail')
    WITH CHECK (false);
CREATE POLICY due ON recipients FOR SELECT
    USING (current_setting('app.purpose', true) = 'send-mail'
           AND EXISTS (SELECT FROM emails WHERE emails.user_id = recipients.user_id));

-- What is over.
CREATE POLICY given_up ON emails
    USING (created_at <= now() - interval '1 day' AND current_setting('app.purpose', true) = 'give-up-mail')
    WITH CHECK (state = 'failed' AND body_text = '' AND body_html = '' AND current_setting('app.purpose', true) = 'give-up-mail');
CREATE POLICY over ON emails
    USING (created_at < now() - interval '30 days' AND current_setting('app.cleanup', true) = 'on') WITH CHECK (false);
CREATE POLICY over ON stream_messages
    USING (created_at < now() - interval '7 days' AND current_setting('app.cleanup', true) = 'on') WITH CHECK (false);
