//! Work that is due now and then, and done by one instance only.

use crate::postgres;
use anyhow::Context as _;
use sqlx::{PgConnection, PgPool};
use std::{future::Future, pin::Pin, time::Duration};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// A run that takes longer hangs in the database.
const DEADLINE: Duration = Duration::from_mins(5);

/// The work of one run, inside the transaction that decided who runs.
pub type Work<'a> = Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + 'a>>;

/// Runs `work` once per `every` across all instances, until `stopping`.
///
/// An advisory lock keeps instances from running at once, and `periodic_jobs` from running again too soon. A failed run is
/// logged and tried again at the next look.
pub async fn run_once_across_instances(
    pool: PgPool,
    job: &'static str,
    every: Duration,
    stopping: CancellationToken,
    work: impl for<'a> Fn(&'a mut PgConnection) -> Work<'a> + Send + Sync + 'static,
) -> anyhow::Result<()> {
    // Looking four times per period keeps the job on time when the instance that ran it last is gone.
    let look = (every / 4).max(Duration::from_millis(100));
    loop {
        match timeout(DEADLINE, attempt(&pool, job, every, &work)).await.context("it hangs").flatten() {
            Ok(true) => tracing::info!(job, "periodic job ran"),
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(job, error = format!("{error:#}"), "periodic job failed; it is tried again");
            }
        }
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            () = tokio::time::sleep(look) => {}
        }
    }
}

async fn attempt(
    pool: &PgPool,
    job: &'static str,
    every: Duration,
    work: &(impl for<'a> Fn(&'a mut PgConnection) -> Work<'a> + Sync),
) -> anyhow::Result<bool> {
    let mut tx = postgres::begin(pool).await?;
    let locked: bool = sqlx::query_scalar("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))")
        .bind(job)
        .fetch_one(&mut *tx)
        .await?;
    if !locked || !claim(&mut tx, job, every).await? {
        return Ok(false);
    }
    work(&mut tx).await?;
    tx.commit().await?;
    Ok(true)
}

async fn claim(tx: &mut PgConnection, job: &str, every: Duration) -> sqlx::Result<bool> {
    let claimed = sqlx::query(
        "INSERT INTO periodic_jobs (name, last_run_at) VALUES ($1, now())
         ON CONFLICT (name) DO UPDATE SET last_run_at = now(), runs = periodic_jobs.runs + 1
         WHERE periodic_jobs.last_run_at <= now() - make_interval(secs => $2)",
    )
    .bind(job)
    .bind(every.as_secs_f64())
    .execute(tx)
    .await?;
    Ok(claimed.rows_affected() == 1)
}
