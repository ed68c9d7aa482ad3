//! Looks once a second whether anybody who listens here has something to read: what makes Redis dispensable.

use super::hub::Hub;
use crate::db;
use sqlx::PgPool;
use std::{sync::Arc, time::Duration};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(1);
/// Users whose numbers one statement asks for: some thousand listeners cost a few index scans a second.
const BATCH: usize = 1_000;

/// Runs until `stopping`.
pub(super) async fn watch(pool: PgPool, hub: Arc<Hub>, stopping: CancellationToken) -> anyhow::Result<()> {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            _ = ticks.tick() => {}
        }
        if let Err(error) = look(&pool, &hub).await {
            tracing::warn!(
                error = runtime::report::chain(&error),
                "cannot look for new live messages; looking again in a second"
            );
        }
    }
}

async fn look(pool: &PgPool, hub: &Hub) -> sqlx::Result<()> {
    for users in hub.listening().chunks(BATCH) {
        for (user, seq) in db::stream::newest(pool, users).await? {
            hub.correct(user, seq);
        }
    }
    Ok(())
}
