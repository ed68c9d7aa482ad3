-- How sure the recognition of the format was, 0..1.
ALTER TABLE imports ADD COLUMN confidence double precision NOT NULL DEFAULT 0;
-- What gave the file's times their zone, e.g. broker-default:America/New_York.
ALTER TABLE imports ADD COLUMN time_sources text[] NOT NULL DEFAULT '{}';
-- What stands beside the fills.
ALTER TABLE imports ADD COLUMN events_new bigint NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN events_known bigint NOT NULL DEFAULT 0;
