//! A load that comes at its own pace, however slow the answers are: a request that has to wait for others counts its waiting.

use super::{
    session::Session,
    wire::{Answer, Wire},
};
use crate::interrupt::Interrupt;
use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

/// Requests that may be under way at once, where nothing else is said.
pub(super) const AT_ONCE: u32 = 32;

/// What is asked, and how often.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load<'a> {
    /// The gateway.
    pub to: SocketAddr,
    /// Whole requests, taken in turn.
    pub requests: &'a [Vec<u8>],
    /// Requests a second.
    pub rate: u32,
    pub length: Duration,
    /// Requests that may be under way at once.
    pub at_once: u32,
}

/// One request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// From the beginning of the load.
    pub due: Duration,
    /// From when it was due until its whole answer was there.
    pub took: Duration,
    pub answer: Answer,
}

impl Asked {
    pub fn is_accepted(&self) -> bool {
        (200..300).contains(&self.answer.status)
    }

    /// There was too much to do, and the answer says so as it should.
    pub fn is_refused(&self) -> bool {
        self.answer.status == 503 && self.answer.has_retry_after
    }
}

/// What came of a load, in the order in which it was due.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub asked: Vec<Asked>,
}

impl Outcome {
    /// Of those that `which` chooses.
    pub fn latencies(&self, which: impl Fn(&Asked) -> bool) -> Latencies {
        let chosen = self.asked.iter().filter(|asked| which(asked));
        let mut times: Vec<Duration> = chosen.map(|asked| asked.took).collect();
        times.sort_unstable();
        Latencies { times, errors: self.asked.iter().filter(|asked| !asked.is_accepted()).count() }
    }

    /// How many of them `which` chooses.
    pub fn count(&self, which: impl Fn(&Asked) -> bool) -> usize {
        self.asked.iter().filter(|asked| which(asked)).count()
    }

    /// The statuses that were neither a success nor a refusal; 0: no answer.
    pub fn failures(&self) -> Vec<u16> {
        let failed = self.asked.iter().filter(|asked| !asked.is_accepted() && !asked.is_refused());
        failed.map(|asked| asked.answer.status).collect()
    }
}

/// Times from when each request was due until its whole answer was there.
#[derive(Clone, Debug, Default)]
pub(super) struct Latencies {
    /// Sorted.
    times: Vec<Duration>,
    /// Requests of the load that did not succeed.
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

impl Load<'_> {
    /// Asks until the time is over, and waits for the last answers.
    pub fn run(&self, interrupt: &Interrupt) -> anyhow::Result<Outcome> {
        let apart = Duration::from_secs(1) / self.rate.max(1);
        let total = self.length.as_nanos() / apart.as_nanos().max(1);
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        let (next, begin) = (AtomicU32::new(0), Instant::now() + Duration::from_millis(50));
        let work = || {
            let (mut wire, mut asked) = (Wire::to(self.to), Vec::new());
            while !interrupt.is_requested() {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let request = self.requests.get(index as usize % self.requests.len().max(1));
                let Some(request) = request.filter(|_| index < total) else { break };
                let due = apart * index;
                thread::sleep((begin + due).saturating_duration_since(Instant::now()));
                let answer = wire.ask(request);
                asked.push(Asked { due, took: begin.elapsed().saturating_sub(due), answer });
            }
            asked
        };
        let mut asked: Vec<Asked> = thread::scope(|scope| {
            let workers: Vec<_> = (0..self.at_once).map(|_| scope.spawn(work)).collect();
            workers
                .into_iter()
                .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        interrupt.check()?;
        asked.sort_unstable_by_key(|asked| asked.due);
        Ok(Outcome { asked })
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
    let requests = [session.request("GET", path, None)];
    let load = Load { to: session.address()?, requests: &requests, rate, length, at_once: AT_ONCE };
    Ok(load.run(interrupt)?.latencies(|_| true))
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
