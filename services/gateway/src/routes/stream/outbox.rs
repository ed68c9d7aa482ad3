//! What waits to be sent to one client: no more than 256 messages, and a mebibyte.

use super::end::End;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    time::timeout,
};

/// Messages that may wait.
const MOST_MESSAGES: usize = 256;
/// Their bytes.
const MOST_BYTES: u32 = 1024 * 1024;
/// A client that takes nothing of what it missed for this long is cut.
const PATIENCE: Duration = Duration::from_secs(10);

/// A message on its way. Gone, it leaves its room to others.
#[derive(Debug)]
pub(super) struct Queued {
    /// Where a client resumes that has got it; `None`: where it would have anyway.
    pub position: Option<u64>,
    /// The message as JSON.
    pub text: String,
    _room: OwnedSemaphorePermit,
    _counted: Counted,
}

/// One of the messages that wait, for the gauge.
#[derive(Debug)]
struct Counted;

impl Counted {
    fn new() -> Self {
        metrics::gauge!("live.messages.queued").increment(1);
        Self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!("live.messages.queued").decrement(1);
    }
}

/// Where messages are put in.
pub(super) struct Outbox {
    messages: mpsc::Sender<Queued>,
    room: Arc<Semaphore>,
}

/// An empty one, and where messages come out.
pub(super) fn open() -> (Outbox, mpsc::Receiver<Queued>) {
    let (messages, queued) = mpsc::channel(MOST_MESSAGES);
    (Outbox { messages, room: Arc::new(Semaphore::new(MOST_BYTES as usize)) }, queued)
}

impl Outbox {
    /// Puts in what happens now. Without room the client is too slow.
    pub fn put(&self, position: Option<u64>, text: String) -> Result<(), End> {
        let room = Arc::clone(&self.room).try_acquire_many_owned(size(&text)).map_err(|_| End::Slow)?;
        let message = Queued { position, text, _room: room, _counted: Counted::new() };
        self.messages.try_send(message).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => End::Slow,
            mpsc::error::TrySendError::Closed(_) => End::Left,
        })
    }

    /// Puts in what the client missed: that comes as fast as it is taken.
    pub async fn put_patiently(&self, position: Option<u64>, text: String) -> Result<(), End> {
        let put = async {
            let room = Arc::clone(&self.room).acquire_many_owned(size(&text)).await.map_err(|_| End::Left)?;
            let message = Queued { position, text, _room: room, _counted: Counted::new() };
            self.messages.send(message).await.map_err(|_| End::Left)
        };
        timeout(PATIENCE, put).await.map_err(|_| End::Slow)?
    }

    /// The client has left.
    pub async fn closed(&self) {
        self.messages.closed().await;
    }
}

/// A message alone may be as large as it is.
fn size(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(MOST_BYTES).min(MOST_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;

    #[tokio::test]
    async fn the_message_after_the_256th_is_one_too_many() {
        let (outbox, mut queued) = open();
        for n in 0..256 {
            assert_eq!(outbox.put(Some(n), "{}".to_owned()), Ok(()));
        }

        assert_eq!(outbox.put(Some(256), "{}".to_owned()), Err(End::Slow));

        assert_eq!(queued.recv().await.unwrap().position, Some(0));
        assert_eq!(outbox.put(Some(256), "{}".to_owned()), Ok(()));
    }

    #[tokio::test]
    async fn so_is_the_byte_after_a_mebibyte() {
        let (outbox, mut queued) = open();
        assert_eq!(outbox.put(None, "x".repeat(1024 * 1024 - 1)), Ok(()));
        assert_eq!(outbox.put(None, "xx".to_owned()), Err(End::Slow));
        assert_eq!(outbox.put(None, "x".to_owned()), Ok(()));

        queued.recv().await.unwrap();
        queued.recv().await.unwrap();

        assert_eq!(outbox.put(None, "x".repeat(3 * 1024 * 1024)), Ok(()));
    }

    #[tokio::test]
    async fn what_was_missed_waits_for_room() {
        let (outbox, mut queued) = open();
        for n in 0..256 {
            outbox.put_patiently(Some(n), "{}".to_owned()).await.unwrap();
        }
        let mut next = pin!(outbox.put_patiently(Some(256), "{}".to_owned()));
        assert!(futures_util::poll!(&mut next).is_pending());
        queued.recv().await.unwrap();
        assert_eq!(next.await, Ok(()));
    }

    #[tokio::test]
    async fn nobody_writes_to_a_client_that_left() {
        let (outbox, queued) = open();
        drop(queued);

        outbox.closed().await;

        assert_eq!(outbox.put(None, "{}".to_owned()), Err(End::Left));
        assert_eq!(outbox.put_patiently(None, "{}".to_owned()).await, Err(End::Left));
    }
}
