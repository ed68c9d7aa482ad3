//! Charts of events: what leaves a service, and what it consumes.

use super::panel::{Row, panel};

/// What a service tells others.
pub(super) fn outbox() -> Row {
    let panels = vec![
        panel(
            "Outbox",
            "short",
            "Events that wait for RabbitMQ.",
            "max (outbox_pending{SERVICE})",
            "waiting",
        ),
        panel(
            "Oldest event in the outbox",
            "s",
            "For how long the oldest event waits: more than a few seconds means that RabbitMQ is away.",
            "max (outbox_oldest_seconds{SERVICE})",
            "oldest",
        ),
        panel(
            "Events sent",
            "cps",
            "Events a second that RabbitMQ took, by kind.",
            "sum by (event) (rate(messaging_client_sent_messages_total{SERVICE}[$__rate_interval]))",
            "{{event}}",
        ),
    ];
    Row { title: "Events that it tells", panels }
}

/// What a service hears of others.
pub(super) fn consumers() -> Row {
    let panels = vec![
        panel(
            "Events handled",
            "cps",
            "Events a second that consumers were done with, by queue and how.",
            "sum by (messaging_destination_name, outcome) (rate(messaging_client_consumed_messages_total{SERVICE}[$__rate_interval]))",
            "{{messaging_destination_name}} {{outcome}}",
        ),
        panel(
            "Lag (p95)",
            "s",
            "From an event's happening to its consumer, by queue.",
            "histogram_quantile(0.95, sum by (messaging_destination_name, le) (rate(event_lag_seconds_bucket{SERVICE}[$__rate_interval])))",
            "{{messaging_destination_name}}",
        ),
        panel(
            "Time to handle an event (p95)",
            "s",
            "One attempt at handling an event, by queue.",
            "histogram_quantile(0.95, sum by (messaging_destination_name, le) (rate(messaging_process_duration_seconds_bucket{SERVICE}[$__rate_interval])))",
            "{{messaging_destination_name}}",
        ),
        panel(
            "Queues",
            "short",
            "Messages that wait; those of .dead rest there until somebody looks at them.",
            "max by (messaging_destination_name) (messaging_queue_messages{SERVICE})",
            "{{messaging_destination_name}}",
        ),
        panel(
            "In flight",
            "short",
            "Events in the hands of consumers, by queue.",
            "sum by (messaging_destination_name) (messaging_consumer_in_flight{SERVICE})",
            "{{messaging_destination_name}}",
        ),
    ];
    Row { title: "Events that it handles", panels }
}
