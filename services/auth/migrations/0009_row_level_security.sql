-- Whoever acts for a user sees and writes that user's rows alone, whatever a query says. FORCE: the owner too, so a later migration
-- that changes rows takes FORCE away for its own transaction.
ALTER TABLE users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON users USING (id = (SELECT acting_user()));

ALTER TABLE sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON sessions USING (user_id = (SELECT acting_user()));

ALTER TABLE refresh_tokens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON refresh_tokens USING (user_id = (SELECT acting_user()));

ALTER TABLE trusted_devices ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON trusted_devices USING (user_id = (SELECT acting_user()));

ALTER TABLE mailed_tokens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON mailed_tokens USING (user_id = (SELECT acting_user()));

-- Before it is known whose request it is, a transaction shows what the request brought (`SET LOCAL app.shown_address`, the address, or
-- `app.shown_token`, a hash in hexadecimal digits): it sees the one row that goes with that, and changes none.
CREATE FUNCTION shown_address() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.shown_address', true), '');
CREATE FUNCTION shown_token() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
    RETURN decode(nullif(current_setting('app.shown_token', true), ''), 'hex');

CREATE POLICY shown ON users FOR SELECT USING (email = (SELECT shown_address()));
CREATE POLICY shown ON refresh_tokens FOR SELECT USING (token_hash = (SELECT shown_token()));
CREATE POLICY shown ON trusted_devices FOR SELECT USING (token_hash = (SELECT shown_token()));
CREATE POLICY shown ON mailed_tokens FOR SELECT USING (token_hash = (SELECT shown_token()));

-- What is done for all users at once says what for (`SET LOCAL app.purpose`, `app.cleanup`), and sees what that needs.
CREATE POLICY ended ON sessions FOR SELECT
    USING (revoked_at IS NOT NULL AND current_setting('app.purpose', true) = 'list-revocations');
CREATE POLICY over ON refresh_tokens
    USING (expires_at < now() - interval '7 days' AND current_setting('app.cleanup', true) = 'on') WITH CHECK (false);
CREATE POLICY over ON sessions
    USING ((revoked_at < now() - interval '30 days' OR expires_at < now() - interval '30 days')
           AND current_setting('app.cleanup', true) = 'on') WITH CHECK (false);
CREATE POLICY over ON trusted_devices
    USING (expires_at < now() AND current_setting('app.cleanup', true) = 'on') WITH CHECK (false);

-- Keys begin with the user: nobody learns from a conflict what others have. A hash is still one of all users', to be found by.
ALTER TABLE refresh_tokens DROP CONSTRAINT refresh_tokens_pkey, ADD PRIMARY KEY (user_id, token_hash),
    ADD CONSTRAINT refresh_tokens_hash UNIQUE (token_hash);
ALTER TABLE trusted_devices DROP CONSTRAINT trusted_devices_pkey, ADD PRIMARY KEY (user_id, token_hash),
    ADD CONSTRAINT trusted_devices_hash UNIQUE (token_hash);
