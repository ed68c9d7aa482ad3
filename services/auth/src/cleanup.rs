//! Forgets what is over: once across all instances.

use crate::db::{refresh_tokens, sessions};
use runtime::{Service, periodic};
use sqlx::{PgConnection, PgPool};
use std::time::Duration;

/// Rows that one statement deletes: few enough to be far from the statement time-out.
const BATCH: i64 = 5_000;
/// Batches of one run: what is left is for the next one.
const BATCHES: u32 = 20;

/// Removes forgotten rows every `every`, by whichever instance comes first.
pub(crate) fn spawn(service: &mut Service, pool: PgPool, every: Duration) {
    let stopping = service.stopping();
    service.spawn(
        "cleanup",
        periodic::run_once_across_instances(pool, "auth.cleanup", every, stopping, |tx| Box::pin(sweep(tx))),
    );
}

async fn sweep(tx: &mut PgConnection) -> anyhow::Result<()> {
    let (mut tokens, mut ended) = (0, 0);
    for _ in 0..BATCHES {
        // Tokens first, so that few are left to be deleted along with their session.
        let deleted_tokens = refresh_tokens::delete_expired(&mut *tx, BATCH).await?;
        let deleted_sessions = sessions::delete_ended(&mut *tx, BATCH).await?;
        tokens += deleted_tokens;
        ended += deleted_sessions;
        if deleted_tokens + deleted_sessions == 0 {
            break;
        }
    }
    metrics::counter!("auth_cleanup_deleted_rows_total", "table" => "refresh_tokens").increment(tokens);
    metrics::counter!("auth_cleanup_deleted_rows_total", "table" => "sessions").increment(ended);
    tracing::info!(refresh_tokens = tokens, sessions = ended, "forgot what is over");
    Ok(())
}
