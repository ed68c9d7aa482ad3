//! A reaction to one kind of event, and what keeps it running.

mod attempt;
mod depth;
mod letter;
mod quarantine;
mod subscription;
mod worker;

use crate::{Broker, Event, backoff::Backoff, bindings};
use prost::Name as _;
use runtime::Service;
use sqlx::{PgConnection, PgPool};
use std::{future::Future, sync::Arc, time::Duration};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use worker::Worker;

const FIRST_RETRY: Duration = Duration::from_millis(100);
const LAST_RETRY: Duration = Duration::from_secs(5);

/// Reacts to one kind of event.
pub trait Consumer: Send + Sync + 'static {
    /// The queue's name, `<service>.<verb>-<noun>`: what makes this reaction the same across instances and restarts.
    const QUEUE: &'static str;
    /// Events that one instance handles at once.
    const CONCURRENCY: usize = 1;
    /// What it reacts to.
    type Event: Event;

    /// Applies the event in `tx`, which commits together with the note that this event is done: a duplicate never gets
    /// here. After [`Failure::Retry`] (or a panic) it is rolled back and called again, up to five times in all. PostgreSQL
    /// ends transactions that rest for a minute: do long work before touching `tx`, or in steps that touch it.
    fn handle(
        &self,
        event: Self::Event,
        tx: &mut PgConnection,
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// The event goes to rest in `<queue>.dead`, for the given cause: leave a truthful state in `tx`, such as a job that is
    /// marked as failed. When this fails repeatedly the event rests without it.
    fn give_up(
        &self,
        event: Self::Event,
        cause: &str,
        tx: &mut PgConnection,
    ) -> impl Future<Output = Result<(), Failure>> + Send {
        let _ = (event, cause, tx);
        async { Ok(()) }
    }
}

/// Why an event was not handled.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Another attempt may succeed.
    #[error("{0:#}")]
    Retry(anyhow::Error),
    /// No attempt ever will: the event goes to rest at once.
    #[error("{0:#}")]
    Reject(anyhow::Error),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Retry(error.into())
    }
}

/// Starts handling what arrives in the consumer's queue, which is declared and bound first. Several instances share the work.
pub fn spawn_consumer<C: Consumer>(service: &mut Service, pool: &PgPool, broker: &Broker, consumer: C) {
    const { assert!(C::QUEUE.len() <= 100 && C::CONCURRENCY > 0) };
    debug_assert!(
        bindings::tells_of(C::QUEUE, &C::Event::full_name()),
        "{} is missing in `bindings`",
        C::QUEUE
    );
    broker.report(service);
    let worker = Arc::new(Worker::new(consumer, pool.clone(), broker.clone()));
    service.spawn(C::QUEUE, run(worker, service.stopping()));
}

/// Subscribes, and subscribes again whenever the channel or the connection broke.
async fn run<C: Consumer>(worker: Arc<Worker<C>>, stopping: CancellationToken) -> anyhow::Result<()> {
    let mut backoff = Backoff::new(FIRST_RETRY, LAST_RETRY);
    let mut tasks = JoinSet::new();
    while !stopping.is_cancelled() {
        let mut subscribed = false;
        if let Err(error) = subscription::consume(&worker, &stopping, &mut tasks, &mut subscribed).await {
            tracing::warn!(
                queue = C::QUEUE,
                error = runtime::report::chain(&error),
                "cannot consume events; trying again"
            );
        }
        if subscribed {
            backoff.reset();
        }
        tokio::select! {
            () = stopping.cancelled() => {}
            () = tokio::time::sleep(backoff.wait()) => {}
        }
    }
    subscription::finish(&mut tasks).await;
    Ok(())
}
