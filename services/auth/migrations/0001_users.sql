-- Who may sign in. The address is stored as it is compared: trimmed and in lower case.
CREATE TABLE users (
    id uuid PRIMARY KEY,
    email text NOT NULL CONSTRAINT users_email_key UNIQUE CHECK (octet_length(email) <= 254),
    display_name text NOT NULL,
    -- A PHC string: algorithm, parameters, salt and hash.
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
