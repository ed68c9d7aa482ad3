//! Announces messages once they can be read.
//!
//! A consumer does not see its own commit: the transaction belongs to the events framework. So it names the number that it
//! is about to commit, and this task announces it as soon as the database shows it. A number that never shows up was
//! rolled back, and is forgotten.

use super::{hub::Hub, loudspeaker::Loudspeaker};
use crate::db;
use identity::UserId;
use runtime::Service;
use sqlx::PgPool;
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;

/// Numbers that may wait; what comes when it is full is left to the lookout.
const CAPACITY: usize = 4_096;
/// Most commits are there at the first look.
const FIRST_LOOK: Duration = Duration::from_millis(2);
const LAST_LOOK: Duration = Duration::from_millis(100);
/// A commit that takes longer is left to the lookout.
const PATIENCE: Duration = Duration::from_secs(2);

/// Takes numbers that are about to be committed.
#[derive(Clone)]
pub(super) struct Announcer {
    numbers: mpsc::Sender<(UserId, u64)>,
}

impl Announcer {
    /// Starts the task `announcer`.
    pub fn start(service: &mut Service, pool: PgPool, hub: Arc<Hub>, loudspeaker: Loudspeaker) -> Self {
        let (numbers, received) = mpsc::channel(CAPACITY);
        let task = Task { pool, hub, loudspeaker, received, pending: HashMap::new() };
        service.spawn("announcer", task.run(service.stopping()));
        Self { numbers }
    }

    /// Announces the user's message `seq`, if its transaction is committed within the next two seconds.
    pub fn announce_when_committed(&self, user: UserId, seq: u64) {
        if self.numbers.try_send((user, seq)).is_err() {
            metrics::counter!("live.hints.unsaid").increment(1);
        }
    }
}

struct Task {
    pool: PgPool,
    hub: Arc<Hub>,
    loudspeaker: Loudspeaker,
    received: mpsc::Receiver<(UserId, u64)>,
    pending: HashMap<UserId, Awaited>,
}

/// What is awaited of one user's stream.
struct Awaited {
    /// The largest number that is about to be committed.
    seq: u64,
    /// The largest that was announced meanwhile.
    announced: u64,
    until: Instant,
}

impl Task {
    async fn run(mut self, stopping: CancellationToken) -> anyhow::Result<()> {
        tokio::select! {
            () = stopping.cancelled() => Ok(()),
            () = self.announce() => Ok(()),
        }
    }

    async fn announce(&mut self) {
        let mut pause = FIRST_LOOK;
        loop {
            if self.pending.is_empty() {
                let Some((user, seq)) = self.received.recv().await else {
                    // Everybody who could announce is gone: the service stops.
                    return std::future::pending().await;
                };
                self.expect(user, seq);
                pause = FIRST_LOOK;
            }
            sleep(pause).await;
            pause = (pause * 2).min(LAST_LOOK);
            while let Ok((user, seq)) = self.received.try_recv() {
                self.expect(user, seq);
                pause = FIRST_LOOK;
            }
            metrics::gauge!("live.hints.waiting").set(u32::try_from(self.pending.len()).unwrap_or(u32::MAX));
            if let Err(error) = self.look().await {
                tracing::warn!(
                    error = runtime::report::chain(&error),
                    "cannot see which live messages are committed"
                );
            }
            let now = Instant::now();
            self.pending.retain(|_, awaited| awaited.until > now && awaited.announced < awaited.seq);
        }
    }

    fn expect(&mut self, user: UserId, seq: u64) {
        let until = Instant::now() + PATIENCE;
        let awaited = self.pending.entry(user).or_insert(Awaited { seq, announced: 0, until });
        awaited.seq = awaited.seq.max(seq);
        awaited.until = until;
    }

    /// Announces what became visible since the last look, be it all that is awaited or part of it.
    async fn look(&mut self) -> sqlx::Result<()> {
        let users: Vec<UserId> = self.pending.keys().copied().collect();
        let mut newest = db::stream::newest(&self.pool, &users).await?;
        newest.retain(|(user, seq)| match self.pending.get_mut(user) {
            Some(awaited) if awaited.announced < *seq => {
                awaited.announced = *seq;
                true
            }
            Some(_) | None => false,
        });
        for (user, seq) in &newest {
            self.hub.hint(*user, *seq);
        }
        if !newest.is_empty() {
            self.loudspeaker.say(&newest).await;
        }
        Ok(())
    }
}
