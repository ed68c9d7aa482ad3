//! One page for each service: what it has in common with the others, and what it alone does.

use super::{
    events,
    panel::{Dashboard, Panel, Row, panel},
    shared,
};

pub(super) fn dashboards() -> Vec<Dashboard> {
    let own = |title, panels| Row { title, panels };
    vec![
        of(
            "gateway",
            "Gateway",
            vec![own("Requests", requests()), own("Room", room()), own("Live", streams()), shared::links()],
        ),
        of(
            "auth",
            "Auth",
            vec![
                shared::calls(),
                own("Sign-in", sign_in()),
                own("Keys and accounts", keys()),
                shared::database(),
                events::outbox(),
            ],
        ),
        of(
            "trades",
            "Trades",
            vec![
                shared::calls(),
                own("Imports", imports()),
                shared::database(),
                events::outbox(),
                events::consumers(),
                shared::links(),
            ],
        ),
        of(
            "analytics",
            "Analytics",
            vec![
                shared::calls(),
                shared::database(),
                own("Read replica", replica()),
                events::outbox(),
                events::consumers(),
                shared::links(),
            ],
        ),
        of(
            "notifications",
            "Notifications",
            vec![
                shared::calls(),
                own("Mail and live messages", notices()),
                shared::database(),
                events::consumers(),
                shared::links(),
            ],
        ),
    ]
}

fn of(name: &'static str, title: &str, mut rows: Vec<Row>) -> Dashboard {
    rows.push(shared::process());
    Dashboard { name, title: title.to_owned(), selector: format!("job=\"trading-journal/{name}\""), rows }
}

fn replica() -> Vec<Panel> {
    vec![panel(
        "Reads that could go to the replica",
        "reqps",
        "Where they went, a second: the replica; or the database, as the replica was late, away, or resting after that. None: there is no replica.",
        "sum by (outcome) (rate(postgres_replica_reads_total{SERVICE}[$__rate_interval]))",
        "{{outcome}}",
    )]
}

fn requests() -> Vec<Panel> {
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

fn room() -> Vec<Panel> {
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

fn streams() -> Vec<Panel> {
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

fn sign_in() -> Vec<Panel> {
    vec![
        panel(
            "Sign-ins",
            "cps",
            "Sign-ins a second, and users who registered.",
            "sum by (outcome) (rate(auth_logins_total{SERVICE}[$__rate_interval]))",
            "{{outcome}}",
        )
        .and("sum (rate(auth_sign_ups_total{SERVICE}[$__rate_interval]))", "sign-ups"),
        panel(
            "Guesses refused",
            "cps",
            "Guesses of a secret that were refused before they were looked at.",
            "sum (rate(auth_attempts_refused_total{SERVICE}[$__rate_interval]))",
            "refused",
        ),
        panel(
            "Password hashes",
            "short",
            "Hashes that are worked on or wait, and those for which there was no room.",
            "sum (auth_password_hashes_admitted{SERVICE})",
            "admitted",
        )
        .and("sum (rate(auth_password_hashes_refused_total{SERVICE}[$__rate_interval]))", "refused a second"),
        panel(
            "Time of a password hash (p95)",
            "s",
            "Half a second is too long: the machine is short of processors.",
            "histogram_quantile(0.95, sum by (le) (rate(auth_password_hash_duration_seconds_bucket{SERVICE}[$__rate_interval])))",
            "p95",
        ),
    ]
}

fn keys() -> Vec<Panel> {
    vec![
        panel(
            "Signing key overdue",
            "s",
            "For how long another key ought to sign already.",
            "max (auth_signing_key_overdue_seconds{SERVICE})",
            "overdue",
        )
        .and("sum (increase(auth_signing_key_rotations_total{SERVICE}[$__rate_interval]))", "rotations"),
        panel(
            "Sessions that ended",
            "cps",
            "Sessions a second, by why they ended.",
            "sum by (reason) (rate(auth_sessions_ended_total{SERVICE}[$__rate_interval]))",
            "{{reason}}",
        )
        .and("sum (rate(auth_refreshes_repeated_total{SERVICE}[$__rate_interval]))", "refreshes repeated"),
        panel(
            "Cleanup",
            "short",
            "Rows that had their time, and users whose seven days were over.",
            "sum by (table) (increase(auth_cleanup_deleted_rows_total{SERVICE}[$__rate_interval]))",
            "{{table}}",
        )
        .and("sum (increase(auth_users_deleted_total{SERVICE}[$__rate_interval]))", "users"),
    ]
}

fn imports() -> Vec<Panel> {
    vec![
        panel(
            "Imports",
            "cps",
            "Imports a second that ended.",
            "sum by (outcome) (rate(imports_total{SERVICE}[$__rate_interval]))",
            "{{outcome}}",
        ),
        panel(
            "Throughput",
            "cps",
            "Fills that an import reads in one second of its work.",
            "sum (rate(import_fills_total{SERVICE}[$__rate_interval])) / sum (rate(import_duration_seconds_sum{SERVICE}[$__rate_interval]))",
            "fills/s",
        ),
        panel(
            "Time of an import (p95)",
            "s",
            "From a worker's start to its end.",
            "histogram_quantile(0.95, sum by (outcome, le) (rate(import_duration_seconds_bucket{SERVICE}[$__rate_interval])))",
            "{{outcome}}",
        ),
        panel(
            "Fills",
            "cps",
            "Fills a second that imports brought.",
            "sum by (outcome) (rate(import_fills_total{SERVICE}[$__rate_interval]))",
            "{{outcome}}",
        ),
        panel(
            "Trades built",
            "cps",
            "Trades a second that imports opened, changed and closed.",
            "sum by (change) (rate(trades_built_total{SERVICE}[$__rate_interval]))",
            "{{change}}",
        ),
    ]
}

fn notices() -> Vec<Panel> {
    vec![
        panel(
            "Mails",
            "cps",
            "Mails a second: sent, put off, given up.",
            "sum by (outcome) (rate(mails_total{SERVICE}[$__rate_interval]))",
            "{{outcome}}",
        ),
        panel(
            "Live subscriptions",
            "short",
            "Clients that hear live messages, and hints that wait.",
            "sum (live_subscriptions{SERVICE})",
            "subscriptions",
        )
        .and("sum (live_hints_waiting{SERVICE})", "hints waiting"),
        panel(
            "Trouble with live messages",
            "cps",
            "Hints that nobody could be told, and subscriptions that were ended.",
            "sum (rate(live_hints_unsaid_total{SERVICE}[$__rate_interval]))",
            "hints unsaid",
        )
        .and(
            "sum by (reason) (rate(live_subscriptions_ended_total{SERVICE}[$__rate_interval]))",
            "ended: {{reason}}",
        ),
    ]
}
