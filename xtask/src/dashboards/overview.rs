//! The first page that somebody opens: does it work for users, and which service does not?

use super::panel::{Dashboard, Panel, Row, panel};

pub(super) fn dashboard() -> Dashboard {
    let rows = vec![
        Row { title: "Users", panels: users() },
        Row { title: "Business", panels: business() },
        Row { title: "Services", panels: services() },
    ];
    Dashboard {
        name: "overview",
        title: "Overview".to_owned(),
        selector: "job=~\"trading-journal/.+\"".to_owned(),
        rows,
    }
}

fn users() -> Vec<Panel> {
    vec![
        panel(
            "Requests",
            "reqps",
            "Requests a second, by the class of their status.",
            "sum by (http_response_status_code) (rate(http_server_request_duration_seconds_count{SERVICE}[$__rate_interval]))",
            "{{http_response_status_code}}",
        ),
        panel(
            "Error rate",
            "percentunit",
            "Share of answers that are 5xx: the promise is below 1 %.",
            "sum (rate(http_server_request_duration_seconds_count{SERVICE,http_response_status_code=~\"5..\"}[$__rate_interval])) / sum (rate(http_server_request_duration_seconds_count{SERVICE}[$__rate_interval]))",
            "5xx",
        ),
        panel(
            "Time of requests",
            "s",
            "How long half, nineteen of twenty and 99 of 100 requests take at most: the promise is 200 ms for p95.",
            "histogram_quantile(0.5, sum by (le) (rate(http_server_request_duration_seconds_bucket{SERVICE,http_route!~\"/v1/stream.*\"}[$__rate_interval])))",
            "p50",
        )
        .and("histogram_quantile(0.95, sum by (le) (rate(http_server_request_duration_seconds_bucket{SERVICE,http_route!~\"/v1/stream.*\"}[$__rate_interval])))", "p95")
        .and("histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket{SERVICE,http_route!~\"/v1/stream.*\"}[$__rate_interval])))", "p99"),
    ]
}

fn business() -> Vec<Panel> {
    vec![
        panel(
            "Sign-ups and sign-ins",
            "short",
            "Users who registered and signed in, in each interval.",
            "sum (increase(auth_sign_ups_total[$__rate_interval]))",
            "sign-ups",
        )
        .and("sum by (outcome) (increase(auth_logins_total[$__rate_interval]))", "sign-ins {{outcome}}"),
        panel(
            "Imports",
            "short",
            "Imports that ended, and trades that they built.",
            "sum by (outcome) (increase(imports_total[$__rate_interval]))",
            "imports {{outcome}}",
        )
        .and("sum by (change) (increase(trades_built_total[$__rate_interval]))", "trades {{change}}"),
        panel(
            "Import throughput",
            "cps",
            "Fills that an import reads in one second of its work.",
            "sum (rate(import_fills_total[$__rate_interval])) / sum (rate(import_duration_seconds_sum[$__rate_interval]))",
            "fills/s",
        ),
        panel(
            "Mails",
            "short",
            "Mails that were sent, put off and given up.",
            "sum by (outcome) (increase(mails_total[$__rate_interval]))",
            "{{outcome}}",
        ),
        panel(
            "Live connections",
            "short",
            "Open WebSockets and streams of server-sent events.",
            "sum (websockets_open)",
            "WebSockets",
        )
        .and("sum (event_streams_open)", "event streams"),
        panel(
            "Cache hit rate",
            "percentunit",
            "Share of reads that were answered by a kept answer.",
            "sum (rate(read_cache_total{outcome=~\"local|shared|joined\"}[$__rate_interval])) / sum (rate(read_cache_total[$__rate_interval]))",
            "hits",
        ),
    ]
}

fn services() -> Vec<Panel> {
    vec![
        panel(
            "Instances",
            "short",
            "Instances that tell of themselves, by service.",
            "count by (service) (build_info)",
            "{{service}}",
        ),
        panel(
            "Failed calls",
            "percentunit",
            "Share of calls that a service failed through its own fault.",
            "sum by (job) (rate(rpc_server_call_duration_seconds_count{rpc_response_status_code=~\"UNKNOWN|INTERNAL|DATA_LOSS|UNAVAILABLE|DEADLINE_EXCEEDED|UNIMPLEMENTED\"}[$__rate_interval])) / sum by (job) (rate(rpc_server_call_duration_seconds_count[$__rate_interval]))",
            "{{job}}",
        ),
        panel(
            "Time of calls (p95)",
            "s",
            "How long nineteen of twenty calls of a service take at most.",
            "histogram_quantile(0.95, sum by (job, le) (rate(rpc_server_call_duration_seconds_bucket[$__rate_interval])))",
            "{{job}}",
        ),
        panel(
            "Oldest event in an outbox",
            "s",
            "For how long the oldest event of a service waits for RabbitMQ.",
            "max by (job) (outbox_oldest_seconds)",
            "{{job}}",
        ),
        panel(
            "Lag of consumers (p95)",
            "s",
            "From an event's happening to its consumer, by queue.",
            "histogram_quantile(0.95, sum by (messaging_destination_name, le) (rate(event_lag_seconds_bucket[$__rate_interval])))",
            "{{messaging_destination_name}}",
        ),
        panel(
            "Dead letters",
            "short",
            "Messages that rest until somebody looks at them.",
            "max by (messaging_destination_name) (messaging_queue_messages{messaging_destination_name=~\".*[.]dead\"})",
            "{{messaging_destination_name}}",
        ),
        panel(
            "Connections in use",
            "percentunit",
            "Share of a service's connections to PostgreSQL that are in use.",
            "sum by (job) (db_client_connection_count{db_client_connection_state=\"used\"}) / sum by (job) (db_client_connection_max)",
            "{{job}}",
        ),
        panel(
            "Memory",
            "bytes",
            "Resident memory of the largest instance of each service.",
            "max by (job) (process_memory_usage_bytes)",
            "{{job}}",
        ),
    ]
}
