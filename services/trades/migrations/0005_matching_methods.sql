-- An account says which open lot a closing fill closes first.
ALTER TABLE accounts DROP CONSTRAINT accounts_matching_check;
ALTER TABLE accounts ADD CONSTRAINT accounts_matching_check CHECK (matching IN ('fifo', 'lifo', 'average'));
