//! No statement outlives the request that it is run for.
//!
//! A transaction tells PostgreSQL what is left of its request's time. A request that ends sooner, because its client went away,
//! leaves a connection behind on which a statement still runs: it is closed, and PostgreSQL looks every 100 ms whether the other
//! end of a statement is still there.

use crate::deadline;
use sqlx::{Row as _, postgres::PgConnection};
use std::time::Duration;
use tokio::time::timeout;

/// No statement of ours takes this long: what does has lost its caller.
const LONGEST_STATEMENT: Duration = Duration::from_secs(30);

/// What every connection begins with.
pub(super) const SESSION: [(&str, &str); 3] = [
    ("statement_timeout", "30s"),
    ("idle_in_transaction_session_timeout", "60s"),
    ("client_connection_check_interval", "100ms"),
];

/// How long a connection that is given back may take to come to rest: a rollback does not take longer.
const REST: Duration = Duration::from_millis(50);

/// What follows BEGIN, so that no statement of the transaction takes longer than what is left to the request at hand.
pub(super) fn statement_bound() -> String {
    deadline::left().map_or_else(String::new, |left| {
        // 0 would mean "as long as you like".
        let millis = left.min(LONGEST_STATEMENT).as_millis().max(1);
        format!("; SET LOCAL statement_timeout = {millis}")
    })
}

/// Connections come back at once when what they were used for is given up.
const LATELY: Duration = Duration::from_secs(1);

/// By the simple protocol, a statement that is in no transaction begins when its own does. sqlx itself counts only those whose BEGIN
/// it saw answered.
async fn is_in_no_transaction(connection: &mut PgConnection) -> sqlx::Result<bool> {
    let row = sqlx::raw_sql("SELECT now() = statement_timestamp()").fetch_one(connection).await?;
    row.try_get(0)
}

/// Whether a connection that is given back has nothing left to do; if it has, it is closed and not used again.
pub(super) async fn is_at_rest(connection: &mut PgConnection) -> sqlx::Result<bool> {
    // A machine that has too much to do is not helped by new connections: only who has a reason to looks.
    if !deadline::was_given_up_within(LATELY) {
        return Ok(true);
    }
    if let Ok(Ok(true)) = timeout(REST, is_in_no_transaction(connection)).await {
        return Ok(true);
    }
    metrics::counter!("postgres.statements.abandoned").increment(1);
    Ok(false)
}
