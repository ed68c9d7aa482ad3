//! The version of a user's data: a word in Redis that changes with every write, so that nobody takes an old answer for a new one.
//!
//! Whoever writes for a user changes the word before and after. In between nothing that is read is worth keeping, and the word says
//! so; if nobody comes back to say that the write is done, the word is gone when the write must be over. Words are drawn at random: none
//! comes twice, whatever becomes of Redis.

use deadpool_redis::redis::{Pipeline, RedisError, Script, aio::ConnectionLike, cmd};
use std::{sync::LazyLock, time::Duration};
use time::OffsetDateTime;
use uuid::Uuid;

/// Nobody keeps an answer for a day.
const KEPT: Duration = Duration::from_hours(24);

/// In: the word, the writes that run; the longest time of this one, a random word, its name.
const BEGIN: &str = r"
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    local longest = math.max(tonumber(ARGV[1]), redis.call('PTTL', KEYS[2]))
    redis.call('ZADD', KEYS[2], now + ARGV[1], ARGV[3])
    redis.call('PEXPIRE', KEYS[2], longest)
    redis.call('SET', KEYS[1], '!' .. ARGV[2], 'PX', longest)
";

/// In: the word, the writes that run; how long a word is kept, a random word, the name of the write. A write that nobody ended counts until its time is over.
const CHANGE: &str = r"
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    redis.call('ZREM', KEYS[2], ARGV[3])
    redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
    if redis.call('ZCARD', KEYS[2]) == 0 then
        redis.call('SET', KEYS[1], ARGV[2] .. '@' .. now, 'PX', ARGV[1])
    else
        redis.call('SET', KEYS[1], '!' .. ARGV[2], 'PX', math.max(1, redis.call('PTTL', KEYS[2])))
    end
";

/// In: the word; a random one, how long it is kept. Out: the word that there is now.
const DRAW: &str = r"
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    redis.call('SET', KEYS[1], ARGV[1] .. '@' .. now, 'NX', 'PX', ARGV[2])
    return redis.call('GET', KEYS[1])
";

static BEGIN_SCRIPT: LazyLock<Script> = LazyLock::new(|| Script::new(BEGIN));
static DRAW_SCRIPT: LazyLock<Script> = LazyLock::new(|| Script::new(DRAW));
static CHANGE_SCRIPT: LazyLock<Script> = LazyLock::new(|| Script::new(CHANGE));

/// A word, and since when it is the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Random.
    pub word: String,
    /// When it was drawn, on the clock of Redis.
    pub since: OffsetDateTime,
}

/// The versions under one prefix of Redis.
#[derive(Clone, Debug)]
pub struct DataVersions {
    prefix: String,
}

impl DataVersions {
    /// Under the prefix that all services share.
    pub fn new(redis_prefix: &str) -> Self {
        Self { prefix: format!("{redis_prefix}version:") }
    }

    /// The version of the user's data; `None` while somebody writes.
    pub async fn read<C: ConnectionLike>(
        &self,
        redis: &mut C,
        user: Uuid,
    ) -> Result<Option<Version>, RedisError> {
        let [word, _] = self.keys(user);
        let found: Option<String> = cmd("GET").arg(&word).query_async(redis).await?;
        let found = if let Some(found) = found {
            found
        } else {
            let mut draw = DRAW_SCRIPT.key(&word);
            draw.arg(random()).arg(text(KEPT)).invoke_async(redis).await?
        };
        Ok(Version::parse(&found))
    }

    /// Somebody begins to write for this user, and is done within `longest`: the write's name, for [`end`](Self::end).
    pub async fn begin<C: ConnectionLike>(
        &self,
        redis: &mut C,
        user: Uuid,
        longest: Duration,
    ) -> Result<String, RedisError> {
        let write = random();
        let [word, writes] = self.keys(user);
        let mut call = BEGIN_SCRIPT.key(word);
        call.key(writes).arg(text(longest)).arg(random()).arg(&write);
        call.invoke_async::<()>(redis).await?;
        Ok(write)
    }

    /// The write is over, whatever became of it.
    pub async fn end<C: ConnectionLike>(
        &self,
        redis: &mut C,
        user: Uuid,
        write: &str,
    ) -> Result<(), RedisError> {
        let [word, writes] = self.keys(user);
        let mut call = CHANGE_SCRIPT.key(word);
        call.key(writes).arg(text(KEPT)).arg(random()).arg(write);
        call.invoke_async(redis).await
    }

    /// Something has changed that nobody began.
    pub async fn renew<C: ConnectionLike>(&self, redis: &mut C, user: Uuid) -> Result<(), RedisError> {
        self.end(redis, user, "").await
    }

    /// The same as a command of a pipeline.
    pub fn renew_in(&self, pipeline: &mut Pipeline, user: Uuid) {
        let [word, writes] = self.keys(user);
        let eval = pipeline.cmd("EVAL").arg(CHANGE).arg(2).arg(word).arg(writes);
        eval.arg(text(KEPT)).arg(random()).arg("").ignore();
    }

    fn keys(&self, user: Uuid) -> [String; 2] {
        // The braces keep both on one node of a cluster.
        ["word", "writes"].map(|what| format!("{}{{{user}}}:{what}", self.prefix))
    }
}

impl Version {
    fn parse(found: &str) -> Option<Self> {
        let (word, since) = found.split_once('@').filter(|(word, _)| !word.starts_with('!'))?;
        let since =
            OffsetDateTime::from_unix_timestamp_nanos(since.parse::<i128>().ok()? * 1_000_000).ok()?;
        Some(Self { word: word.to_owned(), since })
    }
}

fn random() -> String {
    Uuid::new_v4().simple().to_string()
}

fn text(duration: Duration) -> String {
    duration.as_millis().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_write_is_no_version() {
        assert_eq!(Version::parse("!abc"), None);
        assert_eq!(Version::parse("!abc@1"), None);
        assert_eq!(Version::parse("abc@1").unwrap().word, "abc");
        assert_eq!(Version::parse("abc"), None);
    }
}
