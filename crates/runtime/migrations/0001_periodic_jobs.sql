-- When each periodic job last ran anywhere: one row decides which instance runs it next.
CREATE TABLE periodic_jobs (
    name text PRIMARY KEY,
    last_run_at timestamptz NOT NULL,
    runs bigint NOT NULL DEFAULT 1
);
