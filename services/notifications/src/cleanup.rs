//! Forgets old live messages and old mails, once across instances.

use crate::db::{emails, stream};
use runtime::{Service, periodic};
use sqlx::{PgConnection, PgPool};
use std::time::Duration;

const EVERY: Duration = Duration::from_hours(1);
/// Rows that one statement deletes: few enough to be far from the statement time-out.
const BATCH: i64 = 5_000;
/// Batches of one run: what is left is for the next one.
const BATCHES: u32 = 100;

/// Starts the hourly job `notifications.cleanup`, done by whichever instance comes first.
pub(crate) fn spawn(service: &mut Service, pool: &PgPool) {
    let stopping = service.stopping();
    service.spawn(
        "cleanup",
        periodic::run_once_across_instances(pool.clone(), "notifications.cleanup", EVERY, stopping, |tx| {
            Box::pin(sweep(tx))
        }),
    );
}

async fn sweep(tx: &mut PgConnection) -> anyhow::Result<()> {
    // Row level security shows whatever is over to whoever says so.
    sqlx::query("SELECT set_config('app.cleanup', 'on', true)").execute(&mut *tx).await?;
    let (mut messages, mut mails) = (0, 0);
    for _ in 0..BATCHES {
        let old_messages = stream::forget_old(&mut *tx, BATCH).await?;
        let old_mails = emails::forget_old(&mut *tx, BATCH).await?;
        messages += old_messages;
        mails += old_mails;
        if old_messages + old_mails == 0 {
            break;
        }
    }
    tracing::info!(messages, mails, "forgot what is old");
    Ok(())
}
