//! Finished answers to reads: in this process, and in Redis for all gateways.
//!
//! An answer is kept under the version of its user's data ([`runtime::data_version`]), which every write changes before and after,
//! at whichever gateway; so a version that was read after a write finds no answer from before. Whatever tells a user news (a live message,
//! the state of an import) changes it first. Without Redis there is no version, and nothing is kept. See
//! docs/decisions/0032-answers-are-kept-under-a-version.md.

mod answer;
mod flights;
mod question;
mod shared;

pub(crate) use question::{Question, tells_news};

use answer::Answer;
use axum::response::Response;
use clap::Args;
use flights::{Flights, Turn};
use moka::sync::Cache as Local;
use runtime::{Clock, Service, settings};
use shared::Shared;
use std::time::Duration;
use uuid::Uuid;

/// Larger answers are not kept.
const LARGEST: usize = 1024 * 1024;
/// Statistics follow what was written a moment later, and do not always say when: for so long theirs are not kept.
const SETTLING: time::Duration = time::Duration::seconds(5);

/// How much is kept, and for how long.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Cache of reads")]
pub struct CacheSettings {
    /// Bytes of answers that this gateway keeps in its own memory; 0: they are in Redis only.
    #[arg(long, env = "CACHE_BYTES", default_value_t = 64 * 1024 * 1024)]
    pub cache_bytes: u64,
    /// Seconds that an answer is kept at most, even if nobody writes; 0: nothing is kept, neither here nor in Redis.
    #[arg(long = "cache-seconds", env = "CACHE_SECONDS", default_value = "30", value_parser = settings::seconds)]
    pub cache_time: Duration,
}

/// Clones share what they keep.
#[derive(Clone)]
pub(crate) struct Cache {
    local: Local<[u8; 32], Answer>,
    shared: Shared,
    flights: Flights,
    settings: CacheSettings,
    clock: Clock,
}

impl Cache {
    /// Looks after Redis in the background.
    pub async fn connect(
        service: &mut Service,
        redis: &settings::Redis,
        settings: &CacheSettings,
        clock: Clock,
    ) -> anyhow::Result<Self> {
        let local = Local::builder()
            .weigher(|_, answer: &Answer| u32::try_from(answer.size()).unwrap_or(u32::MAX))
            .max_capacity(settings.cache_bytes)
            .time_to_live(settings.cache_time)
            .build();
        let shared = Shared::connect(service, redis, settings.cache_time).await?;
        Ok(Self { local, shared, flights: Flights::default(), settings: settings.clone(), clock })
    }

    /// A kept answer, or that of `ask`. Of many who ask the same at once, one asks.
    pub async fn answer(&self, question: &Question, ask: impl Future<Output = Response>) -> Response {
        let Some(key) = self.key(question).await else {
            count("none");
            return ask.await;
        };
        if let Some(answer) = self.kept(&key) {
            count("local");
            return answer.into();
        }
        let Turn::First(flight) = self.flights.join(key).await else {
            count("missed");
            return ask.await;
        };
        if let Some(answer) = self.kept(&key) {
            count("joined");
            return answer.into();
        }
        if let Some(answer) = self.shared.load(&key).await.filter(|answer| self.is_fresh(answer)) {
            count("shared");
            self.keep(key, answer.clone());
            return answer.into();
        }
        count("missed");
        match Answer::of(ask.await, self.clock.now()).await {
            Ok(answer) => {
                if answer.size() <= LARGEST {
                    self.keep(key, answer.clone());
                    self.shared.store(key, answer.clone());
                }
                answer.into()
            }
            Err(other) => {
                flight.fail();
                other
            }
        }
    }

    /// Lets a user's data have other versions while something is written, and afterwards. When nobody can tell whether it was
    /// written, nothing is kept until that must be over.
    pub async fn during_write(
        &self,
        user: Uuid,
        longest: Duration,
        write: impl Future<Output = Response>,
    ) -> Response {
        if self.is_off() {
            return write.await;
        }
        let begun = self.shared.begin(user, longest).await;
        let response = write.await;
        if begun.is_none() || !response.status().is_server_error() {
            self.shared.end(user, begun.as_deref().unwrap_or_default()).await;
        }
        response
    }

    /// Something about the user has changed: whoever hears of it from now on reads nothing from before.
    pub async fn renew(&self, user: Uuid) {
        if !self.is_off() {
            self.shared.end(user, "").await;
        }
    }

    async fn key(&self, question: &Question) -> Option<[u8; 32]> {
        if self.is_off() {
            return None;
        }
        let version = self.shared.version(question.user).await?;
        let is_settled = !question.settles || self.clock.now() - version.since > SETTLING;
        is_settled.then(|| question.key(&version.word))
    }

    fn keep(&self, key: [u8; 32], answer: Answer) {
        // moka would hold even what it has no room for, until it tidies up.
        if self.settings.cache_bytes > 0 {
            self.local.insert(key, answer);
        }
    }

    fn kept(&self, key: &[u8; 32]) -> Option<Answer> {
        self.local.get(key).filter(|answer| self.is_fresh(answer))
    }

    fn is_fresh(&self, answer: &Answer) -> bool {
        self.clock.now() - answer.at < self.settings.cache_time
    }

    fn is_off(&self) -> bool {
        self.settings.cache_time.is_zero()
    }
}

fn count(outcome: &'static str) {
    metrics::counter!("read_cache", "outcome" => outcome).increment(1);
}
