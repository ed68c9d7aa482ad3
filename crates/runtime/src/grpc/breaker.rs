//! A breaker for one dependency: while most calls to it fail, others fail at once, and one a second tries.
//!
//! ```text
//! closed --(at least 20 calls in 2 s, half of them failed)--> open --(a probe succeeds)--> closed
//!                                                              \--(no probe for a second)--> lets one call through
//! ```

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

const PARTS: usize = 8;
const PART: Duration = Duration::from_millis(250);
const FEWEST_CALLS: u32 = 20;
const PROBE_EVERY: Duration = Duration::from_secs(1);

/// Decides whether a call is worth making.
#[derive(Debug)]
pub(super) struct Breaker {
    peer: &'static str,
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    Closed(Window),
    Open { last_probe: Instant },
}

/// What came of the calls of the last two seconds.
#[derive(Debug, Default)]
struct Window {
    /// Which quarter of a second each part counts, and its calls and failures.
    parts: [(u64, u32, u32); PARTS],
}

/// The leave to make a call.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Leave {
    /// One of many.
    Call,
    /// The one that finds out whether the dependency is back.
    Probe,
}

impl Breaker {
    pub fn new(peer: &'static str) -> Self {
        metrics::gauge!("rpc.breaker.open", "peer" => peer).set(0.0);
        Self { peer, state: Mutex::new(State::Closed(Window::default())) }
    }

    /// Leave to call, or `None`: fail at once.
    pub fn admit(&self, now: Instant) -> Option<Leave> {
        match &mut *self.state() {
            State::Closed(_) => Some(Leave::Call),
            State::Open { last_probe } if now.duration_since(*last_probe) >= PROBE_EVERY => {
                *last_probe = now;
                Some(Leave::Probe)
            }
            State::Open { .. } => {
                metrics::counter!("rpc.breaker.refused", "peer" => self.peer).increment(1);
                None
            }
        }
    }

    /// Tells how a call ended. `healthy`: the dependency did answer, whatever it said.
    pub fn record(&self, leave: &Leave, healthy: bool, now: Instant) {
        let mut state = self.state();
        match &mut *state {
            State::Closed(window) => {
                if window.fails(healthy, now) {
                    *state = State::Open { last_probe: now };
                    self.tell(true);
                }
            }
            State::Open { .. } if healthy && *leave == Leave::Probe => {
                *state = State::Closed(Window::default());
                self.tell(false);
            }
            // Of a call that began before the breaker opened.
            State::Open { .. } => {}
        }
    }

    /// True while calls fail at once.
    pub fn is_open(&self) -> bool {
        matches!(*self.state(), State::Open { .. })
    }

    fn tell(&self, open: bool) {
        metrics::gauge!("rpc.breaker.open", "peer" => self.peer).set(if open { 1.0 } else { 0.0 });
        let peer = self.peer;
        if open {
            tracing::warn!(peer, "most calls fail: the breaker opens");
        } else {
            tracing::info!(peer, "a call succeeded: the breaker closes");
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Window {
    /// Counts a call; true when the last two seconds are those of a dependency that is down.
    fn fails(&mut self, healthy: bool, now: Instant) -> bool {
        let (current, parts) = (part(now), PARTS as u64);
        if let Some(slot) = self.parts.get_mut(usize::try_from(current % parts).unwrap_or_default()) {
            if slot.0 != current {
                *slot = (current, 0, 0);
            }
            slot.1 += 1;
            slot.2 += u32::from(!healthy);
        }
        let recent = self.parts.iter().filter(|(at, ..)| at + parts > current);
        let (calls, failures) = recent.fold((0, 0), |sum, part| (sum.0 + part.1, sum.1 + part.2));
        calls >= FEWEST_CALLS && failures * 2 >= calls
    }
}

/// Which quarter of a second it is, of some beginning.
fn part(now: Instant) -> u64 {
    static BEGINNING: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    // Never the first one, which stands for "none".
    let beginning = BEGINNING.get_or_init(|| now.checked_sub(PART).unwrap_or(now));
    let parts = now.saturating_duration_since(*beginning).as_millis() / PART.as_millis();
    u64::try_from(parts).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ends of calls to a dependency, one every ten milliseconds from `from` on.
    fn calls(breaker: &Breaker, from: Instant, healthy: impl IntoIterator<Item = bool>) -> Instant {
        healthy.into_iter().fold(from, |now, healthy| {
            breaker.record(&Leave::Call, healthy, now);
            now + Duration::from_millis(10)
        })
    }

    #[test]
    fn half_of_twenty_calls_open_it_and_fewer_do_not() {
        let now = Instant::now();
        let few = Breaker::new("few");
        calls(&few, now, [false; 19]);
        assert!(!few.is_open());

        let most_succeed = Breaker::new("most-succeed");
        calls(&most_succeed, now, (0..200).map(|n| n % 5 != 0));
        assert!(!most_succeed.is_open());

        let half_fail = Breaker::new("half-fail");
        calls(&half_fail, now, (0..20).map(|n| n % 2 == 0));
        assert!(half_fail.is_open());
    }

    #[test]
    fn a_busy_dependency_that_dies_opens_it_within_two_seconds() {
        let breaker = Breaker::new("dies");
        let died = calls(&breaker, Instant::now(), [true; 1_000]);

        let mut now = died;
        while !breaker.is_open() {
            now = calls(&breaker, now, [false]);
        }

        assert!(now - died <= Duration::from_secs(2), "{:?}", now - died);
    }

    #[test]
    fn an_open_one_lets_one_call_a_second_through_and_closes_when_it_succeeds() {
        let breaker = Breaker::new("probed");
        let opened = calls(&breaker, Instant::now(), [false; 20]);

        let leaves = |from: Instant| {
            let tenths = (0..10).map(move |tenth| from + Duration::from_millis(100) * tenth);
            tenths.filter_map(|now| breaker.admit(now)).collect::<Vec<_>>()
        };
        assert_eq!(leaves(opened), []);
        let later = opened + Duration::from_secs(1);
        assert_eq!(leaves(later), [Leave::Probe]);

        breaker.record(&Leave::Probe, false, later);
        breaker.record(&Leave::Call, true, later);
        assert!(breaker.is_open());
        breaker.record(&Leave::Probe, true, later);
        assert_eq!(breaker.admit(later), Some(Leave::Call));
    }

    #[test]
    fn failures_of_long_ago_do_not_count() {
        let breaker = Breaker::new("forgets");
        let now = calls(&breaker, Instant::now(), [false; 19]);

        calls(&breaker, now + Duration::from_secs(3), [false, true, true]);

        assert!(!breaker.is_open());
    }
}
