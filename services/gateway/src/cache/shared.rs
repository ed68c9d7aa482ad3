//! What all gateways share in Redis: the versions of users' data, and answers under them.

use super::Answer;
use anyhow::Context as _;
use deadpool_redis::redis::{RedisError, cmd};
use runtime::{
    Service,
    data_version::{DataVersions, Version},
    redis, settings,
};
use std::{
    collections::HashSet,
    fmt::Write as _,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};
use tokio::time::{Instant, timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

/// How long a request waits for Redis; the first ones that wait in vain are the last ones that wait.
const PATIENCE: Duration = Duration::from_millis(250);
/// Between two looks at a Redis that is away or just back.
const LOOK: Duration = Duration::from_millis(250);
/// Users whose versions wait for Redis; of more, answers grow too old before they are read again.
const MOST_UNSETTLED: usize = 100_000;

/// Redis answers.
const THERE: u8 = 0;
/// It does not.
const AWAY: u8 = 1;
/// It does again: writes change versions, but what was kept before may be old.
const RETURNING: u8 = 2;

/// Redis, as long as it is there.
#[derive(Clone)]
pub(crate) struct Shared {
    redis: redis::Shared,
    versions: DataVersions,
    prefix: Arc<str>,
    kept_for: Duration,
    storing: TaskTracker,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    phase: AtomicU8,
    /// Users who wrote while Redis did not hear of it.
    unsettled: Mutex<HashSet<Uuid>>,
}

impl Shared {
    pub async fn connect(
        service: &mut Service,
        settings: &settings::Redis,
        kept_for: Duration,
    ) -> anyhow::Result<Self> {
        let redis = redis::share(service, settings).await?;
        let shared = Self {
            redis,
            versions: DataVersions::new(&settings.redis_prefix),
            prefix: format!("{}answer:", settings.redis_prefix).into(),
            kept_for,
            storing: TaskTracker::new(),
            state: Arc::default(),
        };
        service.spawn("read-cache", shared.clone().watch(service.stopping()));
        Ok(shared)
    }

    /// The version of a user's data; `None`: nothing may be kept now.
    pub async fn version(&self, user: Uuid) -> Option<Version> {
        if self.phase() != THERE {
            return None;
        }
        self.heard(self.versions.read(&mut self.redis.connection(), user)).await.flatten()
    }

    /// A write begins: its name, if Redis heard of it.
    pub async fn begin(&self, user: Uuid, longest: Duration) -> Option<String> {
        if self.phase() == AWAY {
            return None;
        }
        self.heard(self.versions.begin(&mut self.redis.connection(), user, longest)).await
    }

    /// It is over.
    pub async fn end(&self, user: Uuid, write: &str) {
        let is_heard = self.phase() != AWAY
            && self.heard(self.versions.end(&mut self.redis.connection(), user, write)).await.is_some();
        if !is_heard {
            let mut unsettled = self.unsettled();
            if unsettled.len() < MOST_UNSETTLED {
                unsettled.insert(user);
            }
        }
    }

    /// An answer that another gateway has kept.
    pub async fn load(&self, key: &[u8; 32]) -> Option<Answer> {
        let name = self.name(key);
        let bytes: Vec<u8> = self
            .heard(async {
                cmd("GET").arg(name).query_async::<Option<Vec<u8>>>(&mut self.redis.connection()).await
            })
            .await??;
        Answer::parse(&bytes.into())
    }

    /// Keeps an answer for all gateways, in the background.
    pub fn store(&self, key: [u8; 32], answer: Answer) {
        let shared = self.clone();
        self.storing.spawn(async move {
            let mut set = cmd("SET");
            set.arg(shared.name(&key))
                .arg(answer.to_bytes())
                .arg("PX")
                .arg(shared.kept_for.as_millis().to_string());
            shared.heard(async { set.query_async::<()>(&mut shared.redis.connection()).await }).await
        });
    }

    fn name(&self, key: &[u8; 32]) -> String {
        key.iter().fold(self.prefix.to_string(), |mut name, byte| {
            let _ = write!(name, "{byte:02x}");
            name
        })
    }

    fn phase(&self) -> u8 {
        self.state.phase.load(Ordering::Acquire)
    }

    fn unsettled(&self) -> std::sync::MutexGuard<'_, HashSet<Uuid>> {
        self.state.unsettled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What Redis answers; if nothing, it is away from now on.
    async fn heard<T>(&self, asked: impl Future<Output = Result<T, RedisError>>) -> Option<T> {
        let answer = timeout(PATIENCE, asked).await.context("no answer in time");
        match answer.and_then(|answer| Ok(answer?)) {
            Ok(answer) => Some(answer),
            Err(error) => {
                if let Some(error) = error.downcast_ref() {
                    self.redis.notice(error);
                }
                if self.state.phase.swap(AWAY, Ordering::AcqRel) != AWAY {
                    tracing::warn!(error = format!("{error:#}"), "Redis is away: no answers are kept");
                }
                None
            }
        }
    }

    /// Looks for a Redis that is away. When it is back, nothing is kept until all that was kept before is too old: who knows what was
    /// written meanwhile.
    async fn watch(self, stopping: CancellationToken) -> anyhow::Result<()> {
        let mut back_since = Instant::now();
        loop {
            tokio::select! {
                () = stopping.cancelled() => return Ok(()),
                () = tokio::time::sleep(LOOK) => {}
            }
            self.settle().await;
            match self.phase() {
                AWAY => {
                    let ping = cmd("PING");
                    if let Ok(Ok(())) =
                        timeout(PATIENCE, ping.query_async(&mut self.redis.connection())).await
                    {
                        back_since = Instant::now();
                        self.state.phase.store(RETURNING, Ordering::Release);
                    }
                }
                RETURNING if back_since.elapsed() > self.kept_for => {
                    let there = self.state.phase.compare_exchange(
                        RETURNING,
                        THERE,
                        Ordering::AcqRel,
                        Ordering::Acquire,
                    );
                    if there.is_ok() {
                        tracing::info!("Redis is back: answers are kept again");
                    }
                }
                _ => {}
            }
        }
    }

    /// Tells Redis of writes that it did not hear of.
    async fn settle(&self) {
        let users: Vec<Uuid> = self.unsettled().iter().copied().collect();
        for user in users {
            if self.phase() == AWAY
                || self.heard(self.versions.renew(&mut self.redis.connection(), user)).await.is_none()
            {
                return;
            }
            self.unsettled().remove(&user);
        }
    }
}
