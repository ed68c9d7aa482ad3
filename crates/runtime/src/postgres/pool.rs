//! What a pool of connections is measured by.

use sqlx::PgPool;
use std::{
    future::Future,
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(5);

/// Measures how many connections of the pool there are, every few seconds, until `stopping`.
pub(super) async fn watch(pool: PgPool, stopping: CancellationToken) -> anyhow::Result<()> {
    let name = name_of(&pool);
    loop {
        let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
        for (state, connections) in [("idle", idle), ("used", pool.size().saturating_sub(idle))] {
            metrics::gauge!("db.client.connection.count",
                "db.client.connection.pool.name" => name.clone(), "db.client.connection.state" => state)
            .set(connections);
        }
        metrics::gauge!("db.client.connection.max", "db.client.connection.pool.name" => name.clone())
            .set(pool.options().get_max_connections());
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Measures how long a transaction takes to begin, and who waits for that or did in vain.
pub(super) async fn beginning<T>(
    pool: &PgPool,
    begin: impl Future<Output = sqlx::Result<T>>,
) -> sqlx::Result<T> {
    let name = name_of(pool);
    let started = Instant::now();
    let waiting = Waiting::new(name.clone());
    let outcome = begin.await;
    drop(waiting);
    metrics::histogram!("db.transaction.begin.duration", "db.client.connection.pool.name" => name.clone())
        .record(started.elapsed().as_secs_f64());
    if matches!(outcome, Err(sqlx::Error::PoolTimedOut)) {
        metrics::counter!("db.client.connection.timeouts", "db.client.connection.pool.name" => name)
            .increment(1);
    }
    outcome
}

/// Who waits, also if it gives up.
struct Waiting(metrics::Gauge);

impl Waiting {
    fn new(pool: String) -> Self {
        let waiting = metrics::gauge!("db.client.connection.pending_requests", "db.client.connection.pool.name" => pool);
        waiting.increment(1);
        Self(waiting)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}

/// The service that the pool belongs to.
fn name_of(pool: &PgPool) -> String {
    pool.connect_options().get_application_name().unwrap_or("unnamed").to_owned()
}
