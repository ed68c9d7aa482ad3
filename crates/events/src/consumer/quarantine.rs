//! The end of an event that cannot be handled: it rests in `<queue>.dead`, and the consumer's state says so.

use super::{
    Consumer,
    attempt::caught,
    letter::Letter,
    worker::{End, Worker, rest},
};
use crate::{
    BrokerError,
    backoff::Backoff,
    broker::Publisher,
    dead,
    inbox::{self, Done},
};
use lapin::message::Delivery;
use runtime::postgres;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often a consumer is asked to give up; an event that cannot even be given up rests all the same.
const MOST_GIVE_UPS: u32 = 3;
const FIRST_WAIT: Duration = Duration::from_millis(200);
const LAST_WAIT: Duration = Duration::from_secs(5);

#[derive(Debug, thiserror::Error)]
enum QuarantineError {
    #[error("the consumer could not give up: {0}")]
    GiveUp(String),
    #[error(transparent)]
    Broker(#[from] BrokerError),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

impl<C: Consumer> Worker<C> {
    /// Puts an event to rest: inbox row, the consumer's giving up, the dead letter; one transaction. Tries until it is done.
    pub(super) async fn quarantine(
        &self,
        letter: &Letter<'_, C::Event>,
        cause: &str,
        over: &CancellationToken,
    ) -> End {
        let mut backoff = Backoff::new(FIRST_WAIT, LAST_WAIT);
        let mut give_ups = 0;
        loop {
            let error = match self.put_to_rest(letter, cause, give_ups < MOST_GIVE_UPS).await {
                Ok(end) => return end,
                Err(error) => error,
            };
            if matches!(error, QuarantineError::GiveUp(_)) {
                give_ups += 1;
            }
            tracing::warn!(queue = C::QUEUE, event.id = %letter.event_id, error = runtime::report::chain(&error), "an event cannot be put to rest yet");
            if !rest(backoff.wait(), over).await {
                return End::GivenBack;
            }
        }
    }

    async fn put_to_rest(
        &self,
        letter: &Letter<'_, C::Event>,
        cause: &str,
        ask: bool,
    ) -> Result<End, QuarantineError> {
        let mut tx = postgres::begin(&self.pool).await?;
        let attempts = inbox::attempts(&mut *tx, C::QUEUE, letter.event_id).await?.max(1);
        inbox::forget_attempts(&mut *tx, C::QUEUE, letter.event_id).await?;
        if !inbox::claim(&mut tx, C::QUEUE, letter.event_id, Done::Rests).await? {
            tx.commit().await?;
            return Ok(End::Duplicate);
        }
        if ask && let Ok(event) = letter.event() {
            let given_up = caught(self.consumer.give_up(event, cause, &mut tx)).await;
            given_up.map_err(|error| QuarantineError::GiveUp(error.to_string()))?;
        }
        // Last, so that what rests there is certain to have ended here; a failed commit leaves a copy that nothing depends on.
        self.send_dead(letter.delivery, cause, attempts).await?;
        tx.commit().await?;
        tracing::error!(queue = C::QUEUE, event.id = %letter.event_id, attempts, cause, "an event rests in the dead queue");
        Ok(End::Dead)
    }

    /// Puts to rest what is no event of this consumer's: there is nothing to give up.
    pub(super) async fn quarantine_unreadable(
        &self,
        delivery: &Delivery,
        cause: &str,
        over: &CancellationToken,
    ) -> End {
        let mut backoff = Backoff::new(FIRST_WAIT, LAST_WAIT);
        loop {
            match self.send_dead(delivery, cause, 1).await {
                Ok(()) => {
                    tracing::error!(
                        queue = C::QUEUE,
                        cause,
                        "a message that is no event rests in the dead queue"
                    );
                    return End::Dead;
                }
                Err(error) => tracing::warn!(
                    queue = C::QUEUE,
                    error = runtime::report::chain(&error),
                    "a message cannot be put to rest yet"
                ),
            }
            if !rest(backoff.wait(), over).await {
                return End::GivenBack;
            }
        }
    }

    async fn send_dead(&self, delivery: &Delivery, cause: &str, attempts: i32) -> Result<(), BrokerError> {
        let publisher = Publisher::open(&self.broker).await?;
        let sent = publisher
            .publish_one(dead::letter(self.broker.dead_queue(C::QUEUE), delivery, cause, attempts))
            .await;
        publisher.channel().close().await;
        sent
    }
}
