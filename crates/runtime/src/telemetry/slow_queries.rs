//! Statements that take too long: each is logged with its name, counted, and never shown with its values.

use std::{fmt::Debug, time::Duration};
use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, filter::filter_fn, layer::Context};

/// A statement that takes longer is told of.
pub const SLOW: Duration = Duration::from_millis(100);
/// Where sqlx tells of statements.
const TARGET: &str = "sqlx::query";

/// Turns what sqlx tells of a slow statement, which is its whole text, into a line with its name. Must be the last layer: what it
/// logs goes through all others.
#[derive(Clone, Copy, Debug, Default)]
pub struct SlowQueries;

impl SlowQueries {
    /// The layer, which sees nothing but slow statements.
    pub fn layer<S>() -> impl Layer<S>
    where
        S: Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
    {
        let slow = filter_fn(|metadata| metadata.target() == TARGET && *metadata.level() == Level::WARN);
        Self.with_filter(slow.with_max_level_hint(Level::WARN))
    }
}

impl<S: Subscriber> Layer<S> for SlowQueries {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut told = Told::default();
        event.record(&mut told);
        let summary = summary(told.text());
        metrics::counter!("db.client.slow_queries", "db.query.summary" => summary.clone()).increment(1);
        tracing::warn!(
            db.system.name = "postgresql",
            db.query.summary = summary,
            seconds = told.seconds,
            "slow query"
        );
    }
}

#[derive(Default)]
struct Told {
    summary: String,
    statement: String,
    seconds: f64,
}

impl Told {
    /// The statement: sqlx leaves it out where its first words are all of it.
    fn text(&self) -> &str {
        if self.statement.trim().is_empty() { &self.summary } else { &self.statement }
    }
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.statement),
            _ => {}
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if field.name() == "elapsed_secs" {
            self.seconds = value;
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

/// What a statement does to which table, such as `SELECT trades`: of that there are few, and it holds no value.
fn summary(statement: &str) -> String {
    let words: Vec<&str> = statement.split_whitespace().collect();
    let first = words.first().map(|word| word.to_ascii_uppercase()).unwrap_or_default();
    let known = [
        "SELECT",
        "INSERT",
        "UPDATE",
        "DELETE",
        "WITH",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT",
        "RELEASE",
    ];
    let Some(operation) = known.into_iter().find(|known| first.trim_end_matches(';') == *known) else {
        return "OTHER".to_owned();
    };
    let before = match operation {
        "INSERT" => "INTO",
        "UPDATE" => "UPDATE",
        _ => "FROM",
    };
    let tables = words.windows(2).filter_map(|pair| match pair {
        [word, table] if word.eq_ignore_ascii_case(before) => Some(*table),
        _ => None,
    });
    let is_name = |table: &&str| table.starts_with(|first: char| first.is_ascii_lowercase() || first == '_');
    let table = tables.map(|table| table.trim_start_matches('(')).find(is_name);
    let name = |table: &str| -> String {
        table.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    };
    table.map_or_else(|| operation.to_owned(), |table| format!("{operation} {}", name(table)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statements_name_is_what_it_does_to_which_table() {
        for (statement, name) in [
            ("SELECT id, octet_length(payload) AS size FROM outbox WHERE retry_at <= now()", "SELECT outbox"),
            ("\n\nINSERT INTO trades (id, notes) VALUES ($1, $2)\n", "INSERT trades"),
            ("UPDATE users SET email = $1", "UPDATE users"),
            ("delete from inbox where id = 'canary'", "DELETE inbox"),
            ("SELECT count(*) FROM (SELECT 1 FROM fills) AS x", "SELECT fills"),
            ("WITH gone AS (DELETE FROM a RETURNING id) SELECT 1 FROM gone", "WITH a"),
            ("SELECT pg_sleep(0.2)", "SELECT"),
            ("BEGIN; SET LOCAL statement_timeout = 5000", "BEGIN"),
            ("'canary'", "OTHER"),
            ("", "OTHER"),
        ] {
            assert_eq!(summary(statement), name, "{statement}");
        }
    }
}
