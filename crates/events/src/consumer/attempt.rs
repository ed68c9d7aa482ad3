//! One attempt at an event: its effect and the note that it is done, in one transaction.

use super::{Consumer, Failure, letter::Letter};
use crate::inbox::{self, Done};
use futures_util::FutureExt as _;
use runtime::postgres;
use sqlx::{PgConnection, PgPool};
use std::{any::Any, future::Future, panic::AssertUnwindSafe};

/// How an attempt ended.
pub(super) enum Attempt {
    /// Effect and inbox row are committed.
    Handled,
    /// Its inbox row was there already.
    Duplicate,
    /// Rolled back; worth another attempt.
    Failed(String),
    /// Rolled back; not worth another attempt.
    Rejected(String),
    /// The handler was not even asked: no fault of the event's.
    Outage(sqlx::Error),
}

/// Makes one attempt. `counted`: attempts are on record and must be forgotten when the event turns out to be done.
pub(super) async fn attempt<C: Consumer>(
    consumer: &C,
    pool: &PgPool,
    letter: &Letter<'_, C::Event>,
    counted: bool,
) -> Attempt {
    let mut tx = match postgres::begin(pool).await {
        Ok(tx) => tx,
        Err(error) => return Attempt::Outage(error),
    };
    match claim::<C>(&mut tx, letter, counted).await {
        Ok(true) => {}
        Ok(false) => return tx.commit().await.map_or_else(Attempt::Outage, |()| Attempt::Duplicate),
        Err(error) => return Attempt::Outage(error),
    }
    let event = match letter.event() {
        Ok(event) => event,
        Err(error) => return Attempt::Rejected(error.to_string()),
    };
    let outcome = caught(consumer.handle(event, &mut tx)).await;
    let failed = match outcome {
        Ok(()) => match tx.commit().await {
            Ok(()) => return Attempt::Handled,
            Err(error) => return Attempt::Failed(format!("cannot commit: {error}")),
        },
        Err(Failure::Retry(error)) => Attempt::Failed(format!("{error:#}")),
        Err(Failure::Reject(error)) => Attempt::Rejected(format!("{error:#}")),
    };
    if let Err(error) = tx.rollback().await {
        tracing::debug!(%error, "a failed attempt was not rolled back properly");
    }
    failed
}

async fn claim<C: Consumer>(
    tx: &mut PgConnection,
    letter: &Letter<'_, C::Event>,
    counted: bool,
) -> sqlx::Result<bool> {
    let claimed = inbox::claim(tx, C::QUEUE, letter.event_id, Done::Handled).await?;
    if counted {
        inbox::forget_attempts(tx, C::QUEUE, letter.event_id).await?;
    }
    Ok(claimed)
}

/// A panic of a handler is a failure like another: this event's, not the process's.
pub(super) async fn caught(handled: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    match AssertUnwindSafe(handled).catch_unwind().await {
        Ok(outcome) => outcome,
        Err(panic) => Err(Failure::Retry(anyhow::anyhow!("the handler panicked: {}", words(&*panic)))),
    }
}

fn words(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a word")
}
