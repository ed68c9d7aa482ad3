-- What happened here and others must hear of: written in the change's own transaction, deleted once RabbitMQ has it.
CREATE TABLE outbox (
    id uuid PRIMARY KEY, -- UUIDv7: when it was appended
    routing_key text NOT NULL,
    payload bytea NOT NULL,
    traceparent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    attempts int NOT NULL DEFAULT 0,
    retry_at timestamptz NOT NULL DEFAULT now()
)
-- A queue is all churn: waiting for a fifth of the table to die would leave the relay wading through dead rows.
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- The relay takes what is due, oldest first, and never wades through rows that wait for another attempt.
CREATE INDEX outbox_due ON outbox (retry_at, id);

CREATE FUNCTION announce_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('journal_outbox', '');
    RETURN NULL;
END
$$;

-- Delivered at commit, once per transaction however many rows it wrote.
CREATE TRIGGER outbox_appended AFTER INSERT ON outbox
    FOR EACH STATEMENT EXECUTE FUNCTION announce_outbox();

-- Which events each queue's consumer is done with: its row commits together with the event's effect.
CREATE TABLE inbox (
    queue text NOT NULL,
    event_id uuid NOT NULL,
    handled_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (queue, event_id)
);

CREATE INDEX inbox_age ON inbox USING brin (handled_at);

-- Events that failed, or may have killed their process, and are not handled yet.
CREATE TABLE inbox_attempts (
    queue text NOT NULL,
    event_id uuid NOT NULL,
    attempts int NOT NULL,
    last_error text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (queue, event_id)
);
