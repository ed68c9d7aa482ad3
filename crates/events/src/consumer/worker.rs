//! What happens to one delivery: attempts, waits between them, and one end in any case.

use super::{
    Consumer,
    attempt::{Attempt, attempt},
    letter::{Letter, traceparent},
};
use crate::{Broker, backoff::Backoff, inbox};
use lapin::{
    message::Delivery,
    options::{BasicAckOptions, BasicNackOptions},
};
use runtime::propagation;
use sqlx::PgPool;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument as _, Span};

/// An event that failed so often rests.
const MOST_ATTEMPTS: i32 = 5;
/// Waits after the first, second .. failed attempt, in milliseconds.
const WAITS: [u64; 4] = [200, 1_000, 3_000, 9_000];
/// From so many counted attempts on, an event that is delivered again may be what kills this process.
const SUSPICIOUS: i32 = 2;
const FIRST_OUTAGE_WAIT: Duration = Duration::from_millis(200);
const LAST_OUTAGE_WAIT: Duration = Duration::from_secs(5);
const ACKNOWLEDGE_DEADLINE: Duration = Duration::from_secs(5);

/// What a delivery comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Handled,
    Duplicate,
    /// It rests in `<queue>.dead`.
    Dead,
    /// Someone else shall have it.
    GivenBack,
}

impl End {
    fn name(self) -> &'static str {
        match self {
            Self::Handled => "handled",
            Self::Duplicate => "duplicate",
            Self::Dead => "dead",
            Self::GivenBack => "given-back",
        }
    }
}

/// A consumer with all it needs.
pub(super) struct Worker<C> {
    pub consumer: C,
    pub pool: PgPool,
    pub broker: Broker,
    /// One for each event that may be handled at once; those that wait for another attempt hold none.
    slots: Semaphore,
}

impl<C: Consumer> Worker<C> {
    pub fn new(consumer: C, pool: PgPool, broker: Broker) -> Self {
        Self { consumer, pool, broker, slots: Semaphore::new(C::CONCURRENCY) }
    }

    /// Takes one delivery to its end, and tells the broker. `over`: the subscription ends, waiting is pointless.
    pub async fn settle(self: Arc<Self>, delivery: Delivery, over: CancellationToken) {
        let span = process_span::<C>(&delivery);
        let in_flight =
            metrics::gauge!("messaging.consumer.in_flight", "messaging.destination.name" => C::QUEUE);
        let held = InFlight::new(in_flight);
        let end = self.process(&delivery, &over).instrument(span.clone()).await;
        drop(held);
        span.record("messaging.outcome", end.name());
        metrics::counter!("messaging.client.consumed.messages", "messaging.destination.name" => C::QUEUE, "outcome" => end.name()).increment(1);
        let told = async {
            match end {
                End::Handled | End::Duplicate | End::Dead => delivery.ack(BasicAckOptions::default()).await,
                End::GivenBack => delivery.nack(BasicNackOptions { requeue: true, multiple: false }).await,
            }
        };
        // It is delivered again when this fails, and found in the inbox.
        match timeout(ACKNOWLEDGE_DEADLINE, told).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::debug!(queue = C::QUEUE, %error, "a delivery was not acknowledged"),
            Err(_) => tracing::warn!(queue = C::QUEUE, "RabbitMQ does not take an acknowledgement"),
        }
    }

    async fn process(&self, delivery: &Delivery, over: &CancellationToken) -> End {
        let letter = match Letter::open(delivery) {
            Ok(letter) => letter,
            Err(cause) => return self.quarantine_unreadable(delivery, &cause, over).await,
        };
        if let Some(age) = letter.age() {
            metrics::histogram!("event.lag", "messaging.destination.name" => C::QUEUE).record(age);
        }
        self.pursue(&letter, over).await
    }

    async fn pursue(&self, letter: &Letter<'_, C::Event>, over: &CancellationToken) -> End {
        let redelivered = letter.delivery.redelivered;
        let mut course = Course { counts_from_start: redelivered, attempts: None, retried: false };
        let mut outage = Backoff::new(FIRST_OUTAGE_WAIT, LAST_OUTAGE_WAIT);
        loop {
            let wait = match self.step(letter, &mut course, over).await {
                Ok(Next::End(end)) => return end,
                Ok(Next::AttemptAfter(wait)) => wait,
                Err(error) => {
                    tracing::warn!(
                        queue = C::QUEUE,
                        error = runtime::report::chain(&error),
                        "an event waits for the database"
                    );
                    outage.wait()
                }
            };
            if !rest(wait, over).await {
                return End::GivenBack;
            }
        }
    }

    /// One attempt and what follows from it. An error: the database is away.
    async fn step(
        &self,
        letter: &Letter<'_, C::Event>,
        course: &mut Course,
        over: &CancellationToken,
    ) -> sqlx::Result<Next> {
        let Some(_slots) = self.slots(letter, *course, over).await? else {
            return Ok(Next::End(End::GivenBack));
        };
        let end = match self.try_once(letter, course).await {
            Attempt::Handled => End::Handled,
            Attempt::Duplicate => End::Duplicate,
            Attempt::Outage(error) => return Err(error),
            Attempt::Rejected(cause) => self.quarantine(letter, &cause, over).await,
            Attempt::Failed(cause) => match self.note_failure(letter, course, &cause).await? {
                Some(wait) => return Ok(Next::AttemptAfter(wait)),
                None => self.quarantine(letter, &cause, over).await,
            },
        };
        Ok(Next::End(end))
    }

    /// A place among those handled at once, or all of them for an event that may kill the process: its neighbours must not
    /// be counted among the suspects. `None` when the subscription ended first.
    async fn slots(
        &self,
        letter: &Letter<'_, C::Event>,
        course: Course,
        over: &CancellationToken,
    ) -> sqlx::Result<Option<SemaphorePermit<'_>>> {
        let alone = letter.delivery.redelivered
            && !course.retried
            && inbox::attempts(&self.pool, C::QUEUE, letter.event_id).await? >= SUSPICIOUS;
        let places = if alone { u32::try_from(C::CONCURRENCY).unwrap_or(1) } else { 1 };
        tokio::select! {
            biased;
            () = over.cancelled() => Ok(None),
            slots = self.slots.acquire_many(places) => Ok(slots.ok()),
        }
    }

    async fn try_once(&self, letter: &Letter<'_, C::Event>, course: &mut Course) -> Attempt {
        if course.counts_from_start && course.attempts.is_none() {
            let counted = inbox::count_attempt(&self.pool, C::QUEUE, letter.event_id, None).await;
            let (attempts, last_error) = match counted {
                Ok(counted) => counted,
                Err(error) => return Attempt::Outage(error),
            };
            course.attempts = Some(attempts);
            // The very first delivery was not counted from its start, and may have been the first to end the process.
            if attempts > MOST_ATTEMPTS || (attempts == MOST_ATTEMPTS && !course.retried) {
                let cause =
                    last_error.unwrap_or_else(|| "the process ended while it handled this event".to_owned());
                return Attempt::Rejected(cause);
            }
        }
        let started = Instant::now();
        let ended = attempt(&self.consumer, &self.pool, letter, course.counts_from_start).await;
        metrics::histogram!("messaging.process.duration", "messaging.destination.name" => C::QUEUE)
            .record(started.elapsed().as_secs_f64());
        ended
    }

    /// Counts a failed attempt, unless that was done at its start. Returns the wait before the next, if there is one. An
    /// error: the database is away, which explains the attempt's failure, so it does not count.
    async fn note_failure(
        &self,
        letter: &Letter<'_, C::Event>,
        course: &mut Course,
        cause: &str,
    ) -> sqlx::Result<Option<Duration>> {
        let attempts = match course.attempts {
            Some(attempts) => {
                inbox::record_error(&self.pool, C::QUEUE, letter.event_id, cause).await?;
                attempts
            }
            None => inbox::count_attempt(&self.pool, C::QUEUE, letter.event_id, Some(cause)).await?.0,
        };
        tracing::warn!(queue = C::QUEUE, event.id = %letter.event_id, attempts, cause, "an event was not handled");
        *course = Course { counts_from_start: true, attempts: None, retried: true };
        let wait = usize::try_from(attempts - 1).ok().and_then(|failed| WAITS.get(failed));
        Ok(wait.map(|wait| Duration::from_millis(*wait)))
    }
}

/// Where a delivery stands between its attempts.
#[derive(Clone, Copy, Debug)]
struct Course {
    /// Whether the next attempt is counted before it starts (it could be the one that never returns) or when it failed.
    counts_from_start: bool,
    /// The count, once this attempt is counted.
    attempts: Option<i32>,
    /// Whether this delivery had an attempt already.
    retried: bool,
}

/// An event in a consumer's hands, also if its task is dropped.
struct InFlight(metrics::Gauge);

impl InFlight {
    fn new(gauge: metrics::Gauge) -> Self {
        gauge.increment(1);
        Self(gauge)
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}

enum Next {
    AttemptAfter(Duration),
    End(End),
}

/// Waits before another attempt. False when the subscription ends first.
pub(super) async fn rest(wait: Duration, over: &CancellationToken) -> bool {
    tokio::select! {
        () = tokio::time::sleep(wait) => true,
        () = over.cancelled() => false,
    }
}

fn process_span<C: Consumer>(delivery: &Delivery) -> Span {
    let id = delivery.properties.message_id().as_ref().map(lapin::types::ShortString::as_str);
    let span = tracing::info_span!(
        parent: None,
        "event.process",
        otel.name = format!("{} process", C::QUEUE),
        otel.kind = "consumer",
        messaging.system = "rabbitmq",
        messaging.operation.r#type = "process",
        messaging.destination.name = C::QUEUE,
        messaging.message.id = id,
        messaging.rabbitmq.destination.routing_key = delivery.routing_key.as_str(),
        messaging.outcome = tracing::field::Empty,
        trace_id = tracing::field::Empty,
    );
    propagation::continue_trace(&span, traceparent(delivery).as_deref());
    span
}
