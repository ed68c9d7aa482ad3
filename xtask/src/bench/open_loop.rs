//! A load that comes at its own pace, however slow the answers are: a request that has to wait for others counts its waiting.

use super::session::{Session, agent};
use crate::interrupt::Interrupt;
use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};
use ureq::Agent;

/// Requests that may be under way at once.
const WORKERS: u32 = 32;

/// What came of a load: from the time at which each request was due until its whole answer was there.
#[derive(Debug, Default)]
pub(super) struct Latencies {
    /// Sorted, failed ones included.
    times: Vec<Duration>,
    /// Answers other than 200, and none.
    pub errors: usize,
}

impl Latencies {
    pub fn count(&self) -> usize {
        self.times.len()
    }

    /// The time within which that share of the requests was answered (nearest rank).
    pub fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.times.len() * percent).div_ceil(100);
        self.times.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

/// Requests `path` `rate` times a second for that long.
pub(super) fn load(
    session: &Session,
    path: &str,
    rate: u32,
    length: Duration,
    interrupt: &Interrupt,
) -> anyhow::Result<Latencies> {
    let apart = Duration::from_secs(1) / rate;
    let total = u32::try_from(length.as_millis() / apart.as_millis().max(1)).unwrap_or(u32::MAX);
    let (next, url) = (AtomicU32::new(0), format!("{}{path}", session.url));
    let begin = Instant::now() + Duration::from_millis(50);
    let work = || {
        let (agent, mut answered) = (agent(), Vec::new());
        while !interrupt.is_requested() {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= total {
                break;
            }
            let due = begin + apart * index;
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let well = request(&agent, &url, &session.bearer);
            answered.push((due.elapsed(), well));
        }
        answered
    };
    let answered: Vec<(Duration, bool)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    interrupt.check()?;
    let errors = answered.iter().filter(|(_, well)| !well).count();
    let mut times: Vec<Duration> = answered.into_iter().map(|(time, _)| time).collect();
    times.sort_unstable();
    Ok(Latencies { times, errors })
}

fn request(agent: &Agent, url: &str, bearer: &str) -> bool {
    let Ok(mut response) = agent.get(url).header("Authorization", bearer).call() else { return false };
    let body = response.body_mut().read_to_vec();
    response.status() == 200 && body.is_ok_and(|body| !body.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let latencies = Latencies { times: (1..=200).map(Duration::from_millis).collect(), errors: 0 };

        assert_eq!(latencies.percentile(50), Duration::from_millis(100));
        assert_eq!(latencies.percentile(99), Duration::from_millis(198));
        assert_eq!(Latencies::default().percentile(95), Duration::ZERO);
    }
}
