//! One subscriber: reads the rows after the last one sent, sends them, and waits for a hint that there are more.

use super::hub::Listener;
use crate::{
    db,
    domain::{
        message::HELLO,
        resumption::{Kept, Start},
    },
    error::Error,
};
use futures_util::{Stream, StreamExt as _, stream};
use journal_proto::notifications::v1::LiveMessage;
use runtime::postgres;
use serde_json::json;
use sqlx::PgPool;
use std::time::Duration;
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

/// Messages that wait for a subscriber; more are left in the database until there is room.
const CAPACITY: usize = 256;
/// Messages read at once.
const BATCH: i64 = 128;
/// A subscriber that leaves no room for this long is cut; it resumes by number.
const PATIENCE: Duration = Duration::from_secs(5);

/// What feeds one subscriber.
pub(super) struct Subscription {
    pool: PgPool,
    listener: Listener,
    messages: mpsc::Sender<LiveMessage>,
    why_ended: oneshot::Sender<Error>,
    /// Number of the last message sent.
    last: u64,
}

impl Subscription {
    /// A subscription, whose greeting is sent already, and the subscriber's end of it.
    pub fn new(
        pool: PgPool,
        listener: Listener,
        kept: Kept,
        since: Option<u64>,
    ) -> (Self, impl Stream<Item = Result<LiveMessage, Error>> + Send + use<>) {
        let (messages, received) = mpsc::channel(CAPACITY);
        let (why_ended, ended) = oneshot::channel();
        let start = kept.start(since);
        let _ = messages.try_send(greeting(kept, start));
        // After the last message, the reason why it was the last.
        let ended = stream::once(ended).filter_map(async |reason| reason.ok().map(Err));
        let stream = ReceiverStream::new(received).map(Ok).chain(ended);
        (Self { pool, listener, messages, why_ended, last: start.after }, stream)
    }

    /// Feeds the subscriber until it leaves, reads too slowly, or the service stops.
    pub async fn run(mut self, stopping: CancellationToken) {
        let subscriber = self.messages.clone();
        let reason = tokio::select! {
            () = subscriber.closed() => return,
            () = stopping.cancelled() => Error::GoingAway,
            reason = self.feed() => reason,
        };
        metrics::counter!("live.subscriptions.ended", "reason" => reason.reason()).increment(1);
        let _ = self.why_ended.send(reason);
    }

    async fn feed(&mut self) -> Error {
        loop {
            self.listener.about_to_read();
            match self.forward().await {
                Ok(true) => {}
                Ok(false) => self.listener.news().await,
                Err(error) => return error,
            }
        }
    }

    /// Sends what comes next. True when there may be more at once.
    async fn forward(&mut self) -> Result<bool, Error> {
        let mut tx = postgres::begin_for(&self.pool, self.listener.user.0).await?;
        let batch = db::stream::after(&mut *tx, self.listener.user, self.last, BATCH).await?;
        tx.commit().await?;
        let full = batch.len() == usize::try_from(BATCH).unwrap_or(usize::MAX);
        for stored in batch {
            // Numbers have no gaps: a missing one was forgotten before it was sent.
            if stored.seq != self.last + 1 {
                return Err(Error::StreamCut);
            }
            let message = LiveMessage { seq: stored.seq, r#type: stored.name, data_json: stored.data };
            match timeout(PATIENCE, self.messages.send(message)).await {
                Ok(Ok(())) => self.last = stored.seq,
                Ok(Err(_)) | Err(_) => return Err(Error::SlowConsumer),
            }
        }
        Ok(full)
    }
}

fn greeting(kept: Kept, start: Start) -> LiveMessage {
    let data = json!({ "seq": kept.newest, "resumed": start.resumed });
    LiveMessage { seq: 0, r#type: HELLO.to_owned(), data_json: data.to_string() }
}
