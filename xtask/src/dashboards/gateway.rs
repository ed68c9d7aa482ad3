//! What the gateway alone does: requests, whom it lets in, and streams.

use super::panel::{Panel, panel};

pub(super) fn requests() -> Vec<Panel> {
    vec![
        panel(
            "Requests",
            "reqps",
            "Requests a second, by route.",
            "sum by (http_request_method, http_route) (rate(http_server_request_duration_seconds_count{SERVICE}[$__rate_interval]))",
            "{{http_request_method}} {{http_route}}",
        ),
        panel(
            "Errors",
            "reqps",
            "Answers a second from 500 on, by route and status.",
            "sum by (http_route, http_response_status_code) (rate(http_server_request_duration_seconds_count{SERVICE,http_response_status_code=~\"5..\"}[$__rate_interval]))",
            "{{http_route}} {{http_response_status_code}}",
        ),
        panel(
            "Time of requests (p95)",
            "s",
            "How long nineteen of twenty requests take at most, by route.",
            "histogram_quantile(0.95, sum by (http_route, le) (rate(http_server_request_duration_seconds_bucket{SERVICE}[$__rate_interval])))",
            "{{http_route}}",
        ),
        panel(
            "Spans with exemplars (p95)",
            "s",
            "Durations of requests as their spans tell; the dots lead to traces.",
            "histogram_quantile(0.95, sum by (span_name, le) (rate(traces_span_metrics_duration_seconds_bucket{SERVICE}[$__rate_interval])))",
            "{{span_name}}",
        ),
        panel(
            "Reads from the cache",
            "reqps",
            "Reads a second: local, shared and joined are kept answers.",
            "sum by (outcome) (rate(read_cache_total{SERVICE}[$__rate_interval]))",
            "{{outcome}}",
        ),
    ]
}

pub(super) fn room() -> Vec<Panel> {
    vec![
        panel(
            "Bulkheads",
            "short",
            "Requests that are worked on and that wait, by kind of work.",
            "sum by (bulkhead) (bulkhead_in_use{SERVICE})",
            "{{bulkhead}}",
        )
        .and("sum by (bulkhead) (bulkhead_waiting{SERVICE})", "{{bulkhead}} waiting"),
        panel(
            "Refused for want of room",
            "reqps",
            "Requests a second that found no place, and connections beyond a limit.",
            "sum by (bulkhead) (rate(bulkhead_refused_total{SERVICE}[$__rate_interval]))",
            "{{bulkhead}}",
        )
        .and("sum (rate(http_connections_refused_total{SERVICE}[$__rate_interval]))", "connections"),
        panel(
            "Rate limits",
            "reqps",
            "Requests a second beyond their limit, and requests that one gateway counted alone.",
            "sum by (class) (rate(http_requests_limited_total{SERVICE}[$__rate_interval]))",
            "{{class}}",
        )
        .and("sum (rate(rate_limit_without_redis_total{SERVICE}[$__rate_interval]))", "without Redis"),
    ]
}

pub(super) fn streams() -> Vec<Panel> {
    vec![
        panel(
            "Live connections",
            "short",
            "Open WebSockets and streams of server-sent events.",
            "sum (websockets_open{SERVICE})",
            "WebSockets",
        )
        .and("sum (event_streams_open{SERVICE})", "event streams"),
        panel(
            "Messages that wait",
            "short",
            "Live messages that wait for their client.",
            "sum (live_messages_queued{SERVICE})",
            "waiting",
        )
        .and("sum (increase(live_clients_cut_total{SERVICE}[$__rate_interval]))", "clients cut"),
    ]
}
