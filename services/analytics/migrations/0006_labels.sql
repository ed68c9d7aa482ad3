-- What a trade is sorted by beside its tags. `labels_version` is the version of the entry that they are of: below `journal_version`
-- somebody told an entry, or kept one, who did not know labels. Then they are read from the trades service before they are counted.
ALTER TABLE trades
    ADD COLUMN labels_version bigint NOT NULL DEFAULT 0,
    ADD COLUMN mistakes text[] NOT NULL DEFAULT '{}',
    ADD COLUMN rating smallint,
    ADD COLUMN playbook_id uuid;
