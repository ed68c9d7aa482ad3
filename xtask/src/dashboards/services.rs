//! One page for each service: what it has in common with the others, and what it alone does.

use super::{
    events, gateway,
    panel::{Dashboard, Panel, Row, panel},
    shared,
};

pub(super) fn dashboards() -> Vec<Dashboard> {
    let own = |title, panels| Row { title, panels };
    vec![
        of(
            "gateway",
            "Gateway",
            vec![
                own("Requests", gateway::requests()),
                own("Room", gateway::room()),
                own("Live", gateway::streams()),
                shared::links(),
            ],
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
