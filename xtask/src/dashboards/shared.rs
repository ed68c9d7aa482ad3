//! Charts that several services have in common.

use super::panel::{Panel, Row, panel};

/// What a service answers others.
pub(super) fn calls() -> Row {
    let panels = vec![
        panel(
            "Calls",
            "reqps",
            "Calls a second that this service answers, by method.",
            "sum by (rpc_method) (rate(rpc_server_call_duration_seconds_count{SERVICE}[$__rate_interval]))",
            "{{rpc_method}}",
        ),
        panel(
            "Failed calls",
            "percentunit",
            "Share of calls that failed through this service's own fault, by code.",
            "sum by (rpc_response_status_code) (rate(rpc_server_call_duration_seconds_count{SERVICE,rpc_response_status_code=~\"UNKNOWN|INTERNAL|DATA_LOSS|UNAVAILABLE|DEADLINE_EXCEEDED|UNIMPLEMENTED\"}[$__rate_interval])) / ignoring (rpc_response_status_code) group_left sum (rate(rpc_server_call_duration_seconds_count{SERVICE}[$__rate_interval]))",
            "{{rpc_response_status_code}}",
        ),
        panel(
            "Time of calls (p95)",
            "s",
            "How long nineteen of twenty calls take at most, by method.",
            "histogram_quantile(0.95, sum by (rpc_method, le) (rate(rpc_server_call_duration_seconds_bucket{SERVICE}[$__rate_interval])))",
            "{{rpc_method}}",
        ),
        panel(
            "Spans with exemplars (p95)",
            "s",
            "Durations of this service's spans; the dots lead to traces.",
            "histogram_quantile(0.95, sum by (span_name, le) (rate(traces_span_metrics_duration_seconds_bucket{SERVICE}[$__rate_interval])))",
            "{{span_name}}",
        ),
    ];
    Row { title: "Calls that it answers", panels }
}

/// What a service asks others.
pub(super) fn links() -> Row {
    let panels = vec![
        panel(
            "Calls to others (p95)",
            "s",
            "How long nineteen of twenty calls to another service take at most, all tries together.",
            "histogram_quantile(0.95, sum by (peer, le) (rate(rpc_client_call_duration_seconds_bucket{SERVICE}[$__rate_interval])))",
            "{{peer}}",
        ),
        panel(
            "Failed calls to others",
            "reqps",
            "Calls a second that another service failed, by service and code.",
            "sum by (peer, rpc_response_status_code) (rate(rpc_client_call_duration_seconds_count{SERVICE,rpc_response_status_code=~\"UNKNOWN|INTERNAL|UNAVAILABLE|DEADLINE_EXCEEDED\"}[$__rate_interval]))",
            "{{peer}} {{rpc_response_status_code}}",
        ),
        panel(
            "Retries and breakers",
            "short",
            "Calls a second that were made again, and 1 where calls to a service fail at once.",
            "sum by (peer) (rate(rpc_retries_total{SERVICE}[$__rate_interval]))",
            "retries to {{peer}}",
        )
        .and("max by (peer) (rpc_breaker_open{SERVICE})", "breaker of {{peer}} open")
        .and(
            "sum by (peer) (rate(rpc_breaker_refused_total{SERVICE}[$__rate_interval]))",
            "refused to {{peer}}",
        ),
        panel(
            "Instances of others",
            "short",
            "How many instances of each service this one knows.",
            "min by (peer) (rpc_instances{SERVICE})",
            "{{peer}}",
        ),
    ];
    Row { title: "Calls to others", panels }
}

/// A service and its database.
pub(super) fn database() -> Row {
    let panels = vec![
        panel(
            "Connections",
            "short",
            "Connections to PostgreSQL in use and at rest, beside the most there may be.",
            "sum by (db_client_connection_state) (db_client_connection_count{SERVICE})",
            "{{db_client_connection_state}}",
        )
        .and("sum (db_client_connection_max{SERVICE})", "most")
        .and("sum (db_client_connection_pending_requests{SERVICE})", "waiting"),
        panel(
            "Time to begin a transaction (p95)",
            "s",
            "From the wish for a connection to a transaction that has begun: it grows when the pool or the database is short.",
            "histogram_quantile(0.95, sum by (le) (rate(db_transaction_begin_duration_seconds_bucket{SERVICE}[$__rate_interval])))",
            "p95",
        )
        .and("sum (increase(db_client_connection_timeouts_total{SERVICE}[$__rate_interval]))", "waited in vain"),
        panel(
            "Slow statements",
            "cps",
            "Statements a second over 100 ms, by what they do to which table.",
            "sum by (db_query_summary) (rate(db_client_slow_queries_total{SERVICE}[$__rate_interval]))",
            "{{db_query_summary}}",
        )
        .and("sum (rate(postgres_statements_abandoned_total{SERVICE}[$__rate_interval]))", "abandoned"),
    ];
    Row { title: "PostgreSQL", panels }
}

/// The process itself.
pub(super) fn process() -> Row {
    let memory: Panel = panel(
        "Memory",
        "bytes",
        "Resident memory of each instance.",
        "max by (instance) (process_memory_usage_bytes{SERVICE})",
        "{{instance}}",
    );
    let panels = vec![
        memory,
        panel(
            "Versions",
            "short",
            "Instances by the version that runs: two during a rolling deploy.",
            "count by (version) (build_info{SERVICE})",
            "{{version}}",
        ),
        panel(
            "Secrets",
            "short",
            "Secrets that were taken over, and looks for another one that failed.",
            "sum by (secret) (increase(secrets_replaced_total{SERVICE}[$__rate_interval]))",
            "{{secret}} replaced",
        )
        .and(
            "sum by (secret) (increase(secret_refresh_failures_total{SERVICE}[$__rate_interval]))",
            "{{secret}} failed",
        )
        .and("sum (increase(rpc_strangers_total{SERVICE}[$__rate_interval]))", "strangers"),
    ];
    Row { title: "Process", panels }
}
