//! From the outbox to RabbitMQ: woken by each commit that appended, patient while the broker is away.

mod batch;
mod gauges;
mod outlet;
mod wake;

use crate::{Broker, BrokerError, backoff::Backoff};
use batch::relay_batch;
use outlet::Outlet;
use runtime::Service;
use sqlx::PgPool;
use std::{sync::Arc, time::Duration};
use tokio::{sync::Notify, time::timeout};
use tokio_util::sync::CancellationToken;

/// How long a row can wait when its wake-up call was lost, and how exact a retry's time is.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A turn that takes longer hangs in the database: each wait for the broker is bounded on its own.
const TURN_DEADLINE: Duration = Duration::from_secs(30);
/// What a turn may still take when the service stops.
const STOP_GRACE: Duration = Duration::from_secs(12);
const FIRST_RETRY: Duration = Duration::from_millis(100);
const LAST_RETRY: Duration = Duration::from_secs(5);

/// Why a turn failed.
#[derive(Debug, thiserror::Error)]
enum RelayError {
    #[error(transparent)]
    Broker(#[from] BrokerError),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("a turn took longer than {} s", TURN_DEADLINE.as_secs())]
    Hung,
}

/// Starts publishing what the outbox holds, and reporting how much that is and whether `rabbitmq` is there. Several
/// instances share the work.
pub fn spawn_relay(service: &mut Service, pool: &PgPool, broker: &Broker) {
    broker.report(service);
    let appended = Arc::new(Notify::new());
    let listening = wake::listen(pool.clone(), Arc::clone(&appended), service.stopping());
    service.spawn("outbox-listener", listening);
    let relay = Relay { pool: pool.clone(), broker: broker.clone(), outlet: None };
    service.spawn("outbox-relay", relay.run(appended, service.stopping()));
    service.spawn("outbox-gauges", gauges::sample(pool.clone(), service.stopping()));
}

struct Relay {
    pool: PgPool,
    broker: Broker,
    outlet: Option<Outlet>,
}

impl Relay {
    async fn run(mut self, appended: Arc<Notify>, stopping: CancellationToken) -> anyhow::Result<()> {
        let mut backoff = Backoff::new(FIRST_RETRY, LAST_RETRY);
        while !stopping.is_cancelled() {
            let turned = tokio::select! {
                turned = timeout(TURN_DEADLINE, self.turn()) => turned.unwrap_or(Err(RelayError::Hung)),
                () = grace_after(&stopping) => return Ok(()),
            };
            let wait = match turned {
                Ok(more) => {
                    backoff.reset();
                    if more { Duration::ZERO } else { LOOK_EVERY }
                }
                Err(error) => {
                    self.outlet = None;
                    tracing::warn!(error = runtime::report::chain(&error), "events wait in the outbox");
                    rest(backoff.wait(), &stopping).await;
                    continue;
                }
            };
            tokio::select! {
                () = appended.notified() => {}
                () = rest(wait, &stopping) => {}
            }
        }
        Ok(())
    }

    /// Publishes one batch. True when there may be more.
    async fn turn(&mut self) -> Result<bool, RelayError> {
        let mut outlet = match self.outlet.take() {
            Some(outlet) if outlet.is_usable() => outlet,
            Some(_) | None => Outlet::open(&self.broker).await?,
        };
        let more = relay_batch(&self.pool, &mut outlet).await?;
        self.outlet = Some(outlet);
        Ok(more)
    }
}

async fn rest(wait: Duration, stopping: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(wait) => {}
        () = stopping.cancelled() => {}
    }
}

async fn grace_after(stopping: &CancellationToken) {
    stopping.cancelled().await;
    tokio::time::sleep(STOP_GRACE).await;
}
