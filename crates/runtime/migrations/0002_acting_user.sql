-- In whose name a transaction reads and writes: `SET LOCAL app.user_id`. Null: in nobody's, and then row level security shows no
-- user's row at all.
CREATE FUNCTION acting_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.user_id', true), '')::uuid;
