-- The revision of the account with which others were told of a deposit, withdrawal or transfer; null: not yet.
ALTER TABLE account_events ADD COLUMN told_revision bigint;

CREATE INDEX account_events_untold ON account_events (user_id, account_id)
    WHERE told_revision IS NULL AND kind = 'cash' AND symbol IS NULL AND what IN ('deposit', 'withdrawal', 'transfer');
