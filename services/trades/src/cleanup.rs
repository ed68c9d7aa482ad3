//! Forgets exports whose time is over, with their files: once across instances.

use crate::{db, files::Files};
use runtime::{Service, periodic};
use sqlx::PgPool;
use std::time::Duration;

const EVERY: Duration = Duration::from_mins(10);
/// Exports of one run: what is left is for the next one.
const MOST: i64 = 1_000;

/// Starts the job `trades.cleanup`, done by whichever instance comes first.
pub(crate) fn spawn(service: &mut Service, pool: &PgPool, files: &Files) {
    let (stopping, files) = (service.stopping(), files.clone());
    service.spawn(
        "cleanup",
        periodic::run_once_across_instances(pool.clone(), "trades.cleanup", EVERY, stopping, move |tx| {
            let files = files.clone();
            Box::pin(async move {
                let gone = db::exports::forget_expired(tx, MOST).await?;
                for (user, id) in &gone {
                    files.remove(&Files::export_key(*user, *id)).await;
                }
                tracing::info!(exports = gone.len(), "forgot what is over");
                Ok(())
            })
        }),
    );
}
