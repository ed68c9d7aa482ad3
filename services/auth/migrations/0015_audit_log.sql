-- What happened to an account, for its owner to read. Rows are only ever added, and forgotten after a year or along with the account.
CREATE TABLE audit_log (
    user_id uuid NOT NULL,
    -- UUIDv7: newest last.
    id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL CHECK (octet_length(kind) BETWEEN 1 AND 64),
    -- What it happened to, such as the name of a key; may be empty.
    detail text NOT NULL,
    -- Both are empty when unknown.
    ip_address text NOT NULL,
    device_name text NOT NULL,
    PRIMARY KEY (user_id, id)
);

CREATE INDEX audit_log_age ON audit_log (at);

ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON audit_log USING (user_id = (SELECT acting_user()));
-- The cleanup acts for nobody: it says so, and then sees what is over.
CREATE POLICY over ON audit_log
    USING (at < now() - interval '1 year' AND current_setting('app.cleanup', true) = 'on');

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.at < now() - interval '1 year' OR NOT EXISTS (SELECT FROM users WHERE id = OLD.user_id) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit log only grows';
END
$$;

CREATE TRIGGER audit_log_grows BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
