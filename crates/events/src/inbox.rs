//! Which events a queue's consumer is done with, and how often it failed on the others.

use runtime::{Service, periodic};
use sqlx::{PgConnection, PgExecutor, PgPool};
use std::time::Duration;
use uuid::Uuid;

/// How often instances together look for old rows.
const CLEANUP_EVERY: Duration = Duration::from_hours(1);

/// How one is done with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// Its effect is there.
    Handled,
    /// It rests in the dead queue.
    Rests,
}

/// Marks the event as done in this transaction. False when it was done before; waits for another transaction that is at it.
pub(crate) async fn claim(tx: &mut PgConnection, queue: &str, event: Uuid, done: Done) -> sqlx::Result<bool> {
    let inserted =
        sqlx::query("INSERT INTO inbox (queue, event_id, rests) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(queue)
            .bind(event)
            .bind(done == Done::Rests)
            .execute(tx)
            .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Attempts counted so far.
pub(crate) async fn attempts(db: impl PgExecutor<'_>, queue: &str, event: Uuid) -> sqlx::Result<i32> {
    let attempts =
        sqlx::query_scalar("SELECT attempts FROM inbox_attempts WHERE queue = $1 AND event_id = $2")
            .bind(queue)
            .bind(event)
            .fetch_optional(db)
            .await?;
    Ok(attempts.unwrap_or(0))
}

/// Counts one more attempt, which is about to start or (with its error) just failed. Returns the count and the last error.
pub(crate) async fn count_attempt(
    db: impl PgExecutor<'_>,
    queue: &str,
    event: Uuid,
    error: Option<&str>,
) -> sqlx::Result<(i32, Option<String>)> {
    sqlx::query_as(
        "INSERT INTO inbox_attempts AS counted (queue, event_id, attempts, last_error) VALUES ($1, $2, 1, $3)
         ON CONFLICT (queue, event_id) DO UPDATE SET attempts = counted.attempts + 1,
             last_error = coalesce(excluded.last_error, counted.last_error), updated_at = now()
         RETURNING attempts, last_error",
    )
    .bind(queue)
    .bind(event)
    .bind(error)
    .fetch_one(db)
    .await
}

/// Keeps the error of an attempt that was counted when it started.
pub(crate) async fn record_error(
    db: impl PgExecutor<'_>,
    queue: &str,
    event: Uuid,
    error: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE inbox_attempts SET last_error = $3, updated_at = now() WHERE queue = $1 AND event_id = $2",
    )
    .bind(queue)
    .bind(event)
    .bind(error)
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets the attempts of an event that is done.
pub(crate) async fn forget_attempts(db: impl PgExecutor<'_>, queue: &str, event: Uuid) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM inbox_attempts WHERE queue = $1 AND event_id = $2")
        .bind(queue)
        .bind(event)
        .execute(db)
        .await?;
    Ok(())
}

/// Makes an event that rests new again, so that it is handled when it comes back. False when it was handled since: of an event that was
/// put to rest, or put back, by somebody who was killed at it, a second letter may rest.
pub(crate) async fn reopen(tx: &mut PgConnection, queue: &str, event: Uuid) -> sqlx::Result<bool> {
    // Waits for whoever is at it, and is deleted below if nobody was.
    claim(&mut *tx, queue, event, Done::Rests).await?;
    let reopened = sqlx::query("DELETE FROM inbox WHERE queue = $1 AND event_id = $2 AND rests IS NOT FALSE")
        .bind(queue)
        .bind(event)
        .execute(&mut *tx)
        .await?;
    if reopened.rows_affected() == 0 {
        return Ok(false);
    }
    forget_attempts(tx, queue, event).await?;
    Ok(true)
}

/// Starts forgetting what was handled, or last failed, over 30 days ago: longer than any event is kept anywhere to be
/// delivered again. Done by one instance at a time.
pub fn spawn_cleanup(service: &mut Service, pool: &PgPool) {
    let stopping = service.stopping();
    let cleanup = periodic::run_once_across_instances(
        pool.clone(),
        "inbox-cleanup",
        CLEANUP_EVERY,
        stopping,
        |connection| Box::pin(forget_old(connection)),
    );
    service.spawn("inbox-cleanup", cleanup);
}

async fn forget_old(tx: &mut PgConnection) -> anyhow::Result<()> {
    sqlx::query("DELETE FROM inbox WHERE handled_at < now() - interval '30 days'").execute(&mut *tx).await?;
    sqlx::query("DELETE FROM inbox_attempts WHERE updated_at < now() - interval '30 days'")
        .execute(tx)
        .await?;
    Ok(())
}
