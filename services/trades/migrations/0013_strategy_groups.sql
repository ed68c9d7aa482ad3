-- Trades that the owner made one option strategy of. Their ids are made from executions, so it outlives them.
CREATE TABLE strategy_groups (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    trade_ids uuid[] NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE
);

CREATE INDEX strategy_groups_account ON strategy_groups (user_id, account_id, created_at, id);
