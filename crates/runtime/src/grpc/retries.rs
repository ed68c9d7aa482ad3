//! Which calls may be made again, and how often.

use http::HeaderMap;
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use uuid::Uuid;

/// Tries of one call at most, the first one included.
pub(super) const MOST_TRIES: u32 = 3;

/// A retry costs this much of the budget, and each call earns a tenth of it.
const COST: u32 = 10;
const EARNED: u32 = 1;
const FIRST_SAVED: u32 = 10 * COST;
/// What a long time without failures may save up: a hundred retries.
const MOST_SAVED: u32 = 100 * COST;

/// Waits before the second try, and doubles from there on.
const FIRST_WAIT: Duration = Duration::from_millis(20);

/// Calls that only read, by the verb of their name; writes are made again only when their key makes them happen once.
const READING: [&str; 4] = ["Get", "List", "Compare", "Check"];

/// Whether a call that may have been done can be made again without harm.
pub(super) fn is_idempotent(path: &str, headers: &HeaderMap) -> bool {
    let method = path.rsplit('/').next().unwrap_or_default();
    READING.iter().any(|verb| method.starts_with(verb)) || headers.contains_key("idempotency-key")
}

/// A random part of a wait that doubles with each try ("full jitter"): those who failed together do not come back together.
pub(super) fn wait(tries: u32) -> Duration {
    let longest = FIRST_WAIT * 2_u32.saturating_pow(tries.saturating_sub(1));
    let micros = u128::from(u64::try_from(longest.as_micros()).unwrap_or(u64::MAX)) + 1;
    // The random bits of an id do for this.
    Duration::from_micros(u64::try_from(Uuid::new_v4().as_u128() % micros).unwrap_or_default())
}

/// Retries that calls have earned: at most one for ten calls, so that retries never drown a dependency that fails.
#[derive(Debug)]
pub(super) struct Budget {
    saved: AtomicU32,
}

/// A process that has just begun can spend a few.
impl Default for Budget {
    fn default() -> Self {
        Self { saved: AtomicU32::new(FIRST_SAVED) }
    }
}

impl Budget {
    /// A call is made.
    pub fn earn(&self) {
        let add = |saved: u32| Some((saved + EARNED).min(MOST_SAVED));
        let _ = self.saved.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }

    /// True when there is enough for a retry, which is taken.
    pub fn spend(&self) -> bool {
        let take = |saved: u32| saved.checked_sub(COST);
        self.saved.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_calls_earn_a_retry_and_what_is_saved_has_a_bound() {
        let budget = Budget::default();
        assert_eq!((0..100).take_while(|_| budget.spend()).count(), 10);
        let retries = |calls: usize| {
            (0..calls).for_each(|_| budget.earn());
            (0..calls).take_while(|_| budget.spend()).count()
        };

        assert_eq!(retries(9), 0);
        assert_eq!(retries(1), 1);
        assert_eq!(retries(10_000), 100);
    }

    #[test]
    fn only_reads_and_writes_with_a_key_are_made_again() {
        let (none, keyed) = (
            HeaderMap::new(),
            HeaderMap::from_iter([("idempotency-key".parse().unwrap(), "k".parse().unwrap())]),
        );
        for (path, headers, again) in [
            ("/journal.trades.v1.TradesService/ListTrades", &none, true),
            ("/journal.analytics.v1.AnalyticsService/GetSummary", &none, true),
            ("/grpc.health.v1.Health/Check", &none, true),
            ("/journal.trades.v1.TradesService/CreateFill", &none, false),
            ("/journal.trades.v1.TradesService/CreateFill", &keyed, true),
            ("/journal.auth.v1.AuthService/Login", &none, false),
        ] {
            assert_eq!(is_idempotent(path, headers), again, "{path}");
        }
    }

    #[test]
    fn waits_are_random_and_bounded() {
        let waits: std::collections::BTreeSet<_> = (0..50).map(|_| wait(2)).collect();

        assert!(waits.len() > 25, "{waits:?}");
        assert!(waits.iter().all(|wait| *wait <= FIRST_WAIT * 2), "{waits:?}");
    }
}
