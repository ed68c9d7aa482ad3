//! The counts that all gateways share, in Redis.

use super::{Quota, Verdict};
use anyhow::Context as _;
use deadpool_redis::redis::{RedisError, Script, cmd};
use runtime::{Service, redis, settings};
use std::{
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// How long a request waits for Redis; the first one that waits in vain is the last one that waits.
const PATIENCE: Duration = Duration::from_millis(250);
/// Between two looks for a Redis that is away.
const LOOK: Duration = Duration::from_millis(500);
/// Parts of the time of a quota that are counted apart: what was asked that long ago is forgotten part by part.
const PARTS: u64 = 15;

/// Counts of the last `PARTS` whole parts of the window and of the one that runs, so that no window of that length ever has more
/// than the quota. In: key, quota, milliseconds of a part, number of parts. Out: allowed, remaining, milliseconds to wait.
static TAKE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
        local quota, part, parts = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local current = math.floor(now / part)
        local counts = redis.call('HGETALL', KEYS[1])
        local sum, first = 0, current
        for i = 1, #counts, 2 do
            local at = tonumber(counts[i])
            if at < current - parts then
                redis.call('HDEL', KEYS[1], counts[i])
            else
                sum = sum + tonumber(counts[i + 1])
                if at < first then first = at end
            end
        end
        local wait = (first + parts + 1) * part - now
        if sum >= quota then return {0, 0, wait} end
        redis.call('HINCRBY', KEYS[1], current, 1)
        redis.call('PEXPIRE', KEYS[1], part * (parts + 1))
        return {1, quota - sum - 1, wait}
        ",
    )
});

#[derive(Clone)]
pub(super) struct Shared {
    redis: redis::Shared,
    prefix: Arc<str>,
    /// Since Redis did not answer, until it does again.
    away: Arc<AtomicBool>,
}

impl Shared {
    pub async fn connect(service: &mut Service, settings: &settings::Redis) -> anyhow::Result<Self> {
        let redis = redis::share(service, settings).await?;
        let prefix = format!("{}limit:", settings.redis_prefix).into();
        let shared = Self { redis, prefix, away: Arc::default() };
        service.spawn("rate-limits", shared.clone().watch(service.stopping()));
        Ok(shared)
    }

    /// `None`: Redis is away.
    pub async fn take(&self, key: &str, quota: Quota) -> Option<Verdict> {
        if self.away.load(Ordering::Relaxed) {
            return None;
        }
        let answer = timeout(PATIENCE, self.ask(key, quota)).await.context("no answer in time").flatten();
        if let Err(error) = &answer {
            if let Some(error) = error.downcast_ref::<RedisError>() {
                self.redis.notice(error);
            }
            metrics::counter!("rate_limit.without_redis").increment(1);
            if !self.away.swap(true, Ordering::Relaxed) {
                tracing::warn!(
                    error = format!("{error:#}"),
                    "Redis is away: rate limits are counted in this process"
                );
            }
        }
        answer.ok()
    }

    /// Looks for a Redis that is away, so that no request has to wait for it.
    async fn watch(self, stopping: CancellationToken) -> anyhow::Result<()> {
        loop {
            tokio::select! {
                () = stopping.cancelled() => return Ok(()),
                () = tokio::time::sleep(LOOK) => {}
            }
            if !self.away.load(Ordering::Relaxed) {
                continue;
            }
            let ping = cmd("PING");
            match timeout(PATIENCE, ping.query_async::<()>(&mut self.redis.connection())).await {
                Ok(Ok(())) => {
                    self.away.store(false, Ordering::Relaxed);
                    tracing::info!("Redis is back: rate limits are counted across gateways");
                }
                Ok(Err(error)) => self.redis.notice(&error),
                Err(_) => {}
            }
        }
    }

    async fn ask(&self, key: &str, quota: Quota) -> anyhow::Result<Verdict> {
        let part = (u64::try_from(quota.within.as_millis())? / PARTS).max(1);
        let (allowed, remaining, wait): (bool, u32, u64) = TAKE
            .key(format!("{}{key}", self.prefix))
            .arg(quota.requests.get())
            .arg(part)
            .arg(PARTS)
            .invoke_async(&mut self.redis.connection())
            .await?;
        Ok(Verdict { allowed, remaining, resets_in: Duration::from_millis(wait) })
    }
}
