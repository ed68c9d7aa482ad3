-- Deposits, withdrawals and transfers, as trades are kept: what is gone elsewhere stays as a tombstone.
CREATE TABLE cash_flows (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    version bigint NOT NULL,
    removed boolean NOT NULL DEFAULT false,
    amount numeric NOT NULL DEFAULT 0,
    currency text NOT NULL DEFAULT '',
    booked_at timestamptz,
    PRIMARY KEY (user_id, id)
);

CREATE INDEX cash_flows_by_account ON cash_flows (user_id, account_id);
