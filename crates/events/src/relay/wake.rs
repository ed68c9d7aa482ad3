//! Hears of each commit that appended, so that the relay starts at once instead of at its next look.

use runtime::postgres::login_changed;
use sqlx::{
    PgPool,
    postgres::{PgListener, PgPoolOptions},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// The channel that the outbox's trigger notifies.
const CHANNEL: &str = "journal_outbox";
const RETRY: Duration = Duration::from_secs(1);

/// Wakes `appended` until `stopping`. While this fails the relay still looks on its own.
pub(super) async fn listen(
    pool: PgPool,
    appended: Arc<Notify>,
    stopping: CancellationToken,
) -> anyhow::Result<()> {
    loop {
        let login = pool.connect_options();
        // A connection of its own: it rests in LISTEN for ever, and the service's pool is small.
        let own = PgPoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_lazy_with(login.as_ref().clone());
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            // Who has signed in as before would be missed when that login ends.
            () = login_changed(&pool, &login) => continue,
            heard = hear(&own, &appended) => {
                let Err(error) = heard;
                tracing::warn!(error = runtime::report::chain(&error), "cannot hear of new events; looking for them every second");
            }
        }
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            () = tokio::time::sleep(RETRY) => {}
        }
    }
}

async fn hear(own: &PgPool, appended: &Notify) -> sqlx::Result<std::convert::Infallible> {
    let mut listener = PgListener::connect_with(own).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // Whatever was appended before the listening began was announced to nobody.
        appended.notify_one();
        listener.try_recv().await?;
    }
}
