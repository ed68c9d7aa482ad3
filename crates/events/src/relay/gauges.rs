//! How much waits in the outbox, and for how long.

use sqlx::PgPool;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(5);

/// Sets the gauges `outbox_pending` (events) and `outbox_oldest_seconds` every few seconds, until `stopping`.
pub(super) async fn sample(pool: PgPool, stopping: CancellationToken) -> anyhow::Result<()> {
    loop {
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            () = tokio::time::sleep(EVERY) => {}
        }
        let sampled = tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            sampled = waiting(&pool) => sampled,
        };
        match sampled {
            Ok((pending, oldest)) => {
                metrics::gauge!("outbox.pending").set(pending);
                metrics::gauge!("outbox.oldest").set(oldest);
            }
            Err(error) => tracing::debug!(%error, "cannot look into the outbox"),
        }
    }
}

async fn waiting(pool: &PgPool) -> sqlx::Result<(f64, f64)> {
    sqlx::query_as(
        "SELECT count(*)::float8, coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 FROM outbox",
    )
    .fetch_one(pool)
    .await
}
