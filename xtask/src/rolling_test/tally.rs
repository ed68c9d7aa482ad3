//! What every client counts: requests, how long they took, and each one that failed.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Requests of one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Count {
    /// Of those that succeeded, sorted.
    pub times: Vec<Duration>,
    pub failed: usize,
}

/// One request that failed.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// From the beginning of the load.
    pub at: Duration,
    pub what: String,
}

/// Shared by all clients.
#[derive(Debug)]
pub(crate) struct Tally {
    begin: Instant,
    counts: Mutex<BTreeMap<&'static str, Count>>,
    failures: Mutex<Vec<Failure>>,
}

impl Tally {
    pub fn new() -> Self {
        Self { begin: Instant::now(), counts: Mutex::default(), failures: Mutex::default() }
    }

    /// A request of that kind succeeded.
    pub fn success(&self, kind: &'static str, took: Duration) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.entry(kind).or_default().times.push(took);
    }

    /// A request of that kind failed, and how.
    pub fn failure(&self, kind: &'static str, how: &str) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.entry(kind).or_default().failed += 1;
        let failure = Failure { at: self.begin.elapsed(), what: format!("{kind}: {how}") };
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).push(failure);
    }

    pub fn failures(&self) -> Vec<Failure> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// By kind, and of all kinds together.
    pub fn counts(&self) -> BTreeMap<&'static str, Count> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut all = Count::default();
        for count in counts.values_mut() {
            count.times.sort_unstable();
            all.times.extend(&count.times);
            all.failed += count.failed;
        }
        all.times.sort_unstable();
        counts.insert("~ all", all);
        counts
    }

    pub fn elapsed(&self) -> Duration {
        self.begin.elapsed()
    }
}

impl Count {
    /// The time within which that many of a thousand were answered (nearest rank).
    pub fn per_mille(&self, share: usize) -> Duration {
        let rank = (self.times.len() * share).div_ceil(1000);
        self.times.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_counted_apart_and_told() {
        let tally = Tally::new();
        (1..=1000).for_each(|time| tally.success("read", Duration::from_millis(time)));
        tally.failure("write", "502");

        let counts = tally.counts();

        assert_eq!(counts["read"].per_mille(500), Duration::from_millis(500));
        assert_eq!(counts["read"].per_mille(999), Duration::from_millis(999));
        assert_eq!((counts["write"].times.len(), counts["write"].failed), (0, 1));
        assert_eq!((counts["~ all"].times.len(), counts["~ all"].failed), (1000, 1));
        assert_eq!(tally.failures()[0].what, "write: 502");
    }
}
