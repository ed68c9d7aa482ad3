-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS trades_without_labels ON trades (user_id) WHERE labels_version < journal_version AND NOT removed;
