//! Forgets what is over: once across all instances.

use crate::db::{
    attempts, audit_log, mentors, oidc_logins, passkey_ceremonies, refresh_tokens, sessions, trusted_devices,
};
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
    // Row level security shows whatever is over to whoever says so.
    sqlx::query("SELECT set_config('app.cleanup', 'on', true)").execute(&mut *tx).await?;
    let mut deleted = [
        ("refresh_tokens", 0),
        ("sessions", 0),
        ("attempts", 0),
        ("trusted_devices", 0),
        ("audit_log", 0),
        ("passkey_ceremonies", 0),
        ("oidc_logins", 0),
        ("mentors", 0),
    ];
    for _ in 0..BATCHES {
        let batch = [
            // Tokens first, so that few are left to be deleted along with their session.
            refresh_tokens::delete_expired(&mut *tx, BATCH).await?,
            sessions::delete_ended(&mut *tx, BATCH).await?,
            attempts::delete_old(&mut *tx, BATCH).await?,
            trusted_devices::delete_expired(&mut *tx, BATCH).await?,
            audit_log::delete_old(&mut *tx, BATCH).await?,
            passkey_ceremonies::delete_expired(&mut *tx, BATCH).await?,
            oidc_logins::delete_expired(&mut *tx, BATCH).await?,
            mentors::delete_over(&mut *tx, BATCH).await?,
        ];
        for ((_, total), rows) in deleted.iter_mut().zip(batch) {
            *total += rows;
        }
        if batch.iter().all(|rows| *rows == 0) {
            break;
        }
    }
    for (table, rows) in deleted {
        metrics::counter!("auth.cleanup.deleted_rows", "table" => table).increment(rows);
    }
    tracing::info!(?deleted, "forgot what is over");
    Ok(())
}
