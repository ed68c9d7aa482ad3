-- Images beside what is written about a trade; the bytes are in the object storage. Like trade_journal it outlives rebuilds and undone
-- imports.
CREATE TABLE trade_attachments (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    trade_id uuid NOT NULL,
    account_id uuid NOT NULL,
    -- Only ever shown.
    file_name text NOT NULL,
    media_type text NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/webp', 'image/gif')),
    bytes bigint NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE
);

CREATE INDEX trade_attachments_trade ON trade_attachments (user_id, trade_id, id);
CREATE INDEX trade_attachments_account ON trade_attachments (user_id, account_id);

ALTER TABLE trade_attachments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON trade_attachments USING (user_id = (SELECT acting_user()));
