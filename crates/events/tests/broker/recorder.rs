//! An event whose note says what is to become of it, and a consumer that does so.

use events::{Consumer, Failure};
use sqlx::PgConnection;
use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::sync::Semaphore;

/// The event of these tests.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Noted {
    #[prost(string, tag = "1")]
    pub note: String,
    #[prost(bytes = "vec", tag = "2")]
    pub ballast: Vec<u8>,
}

impl Noted {
    pub fn new(note: &str) -> Self {
        Self { note: note.to_owned(), ballast: Vec::new() }
    }
}

impl prost::Name for Noted {
    const NAME: &'static str = "Noted";
    const PACKAGE: &'static str = "journal.test.v1";
}

/// Another event.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Mentioned {
    #[prost(string, tag = "1")]
    pub note: String,
}

impl prost::Name for Mentioned {
    const NAME: &'static str = "Mentioned";
    const PACKAGE: &'static str = "journal.test.v1";
}

pub const QUEUE: &str = "test.record-note";

/// Writes each note into `effects`. A note that begins with `fail`, `reject`, `panic` or `hang` does that after writing; one
/// that begins with `wait` waits for a permit first.
#[derive(Clone)]
pub struct Recorder<const CONCURRENCY: usize = 1> {
    /// What makes notes fail is over.
    pub healed: Arc<AtomicBool>,
    /// Attempts that have begun.
    pub begun: Arc<AtomicUsize>,
    /// What waiting notes wait for.
    pub permits: Arc<Semaphore>,
}

impl<const CONCURRENCY: usize> Default for Recorder<CONCURRENCY> {
    fn default() -> Self {
        Self { healed: Arc::default(), begun: Arc::default(), permits: Arc::new(Semaphore::new(0)) }
    }
}

impl Recorder {
    pub fn new() -> Self {
        Self::default()
    }
}

impl<const CONCURRENCY: usize> Recorder<CONCURRENCY> {
    pub fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }

    pub fn heal(&self) {
        self.healed.store(true, Ordering::SeqCst);
    }
}

impl<const CONCURRENCY: usize> Consumer for Recorder<CONCURRENCY> {
    const QUEUE: &'static str = QUEUE;
    const CONCURRENCY: usize = CONCURRENCY;
    type Event = Noted;

    async fn handle(&self, event: Noted, tx: &mut PgConnection) -> Result<(), Failure> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        sqlx::query("INSERT INTO effects VALUES ($1)").bind(&event.note).execute(tx).await?;
        if self.healed.load(Ordering::SeqCst) {
            return Ok(());
        }
        match event.note.split('-').next() {
            Some("fail") => Err(Failure::Retry(anyhow::anyhow!("asked to fail"))),
            Some("reject") => Err(Failure::Reject(anyhow::anyhow!("asked to reject"))),
            Some("panic") => panic!("asked to panic"),
            Some("hang") => pending().await,
            Some("wait") => {
                self.permits.acquire().await.unwrap().forget();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn give_up(&self, event: Noted, cause: &str, tx: &mut PgConnection) -> Result<(), Failure> {
        sqlx::query("INSERT INTO given_up VALUES ($1, $2)").bind(&event.note).bind(cause).execute(tx).await?;
        if event.note.ends_with("stubborn") {
            return Err(Failure::Retry(anyhow::anyhow!("asked not to give up")));
        }
        Ok(())
    }
}

/// Writes what was mentioned into `effects`.
pub struct Listener;

impl Consumer for Listener {
    const QUEUE: &'static str = "test.hear-mention";
    type Event = Mentioned;

    async fn handle(&self, event: Mentioned, tx: &mut PgConnection) -> Result<(), Failure> {
        sqlx::query("INSERT INTO effects VALUES ($1)").bind(&event.note).execute(tx).await?;
        Ok(())
    }
}
