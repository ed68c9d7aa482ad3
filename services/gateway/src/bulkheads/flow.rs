//! How fast places become free, so that nobody waits for one that would come too late; and whether those who wait are a burst, or more
//! than can be done.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// The last so many places count: fewer would follow every whim, more would notice too late that work has become slower.
const REMEMBERED: u32 = 32;

/// What a wait is cut to where it does not end, as a share of it. A burst is over before: whoever waits in it is worth it. Where somebody always
/// waits, a long queue only makes everybody late (the queue that stands of `CoDel`, RFC 8289).
const IN_OVERLOAD: u32 = 3;

/// The pace at which places are given on to those who wait.
#[derive(Debug, Default)]
pub(super) struct Flow(Mutex<Pace>);

#[derive(Debug, Default)]
struct Pace {
    /// When a place was given on last; `None`: since then one was free.
    last: Option<Instant>,
    /// From one place to the next.
    apart: Duration,
    /// Since when somebody waited whenever a place became free; `None`: lately nobody did.
    stands_since: Option<Instant>,
}

impl Flow {
    /// A place is free, and somebody waits for it, or nobody. No longer than `most` counts: what hangs says nothing of what works.
    pub fn freed(&self, is_awaited: bool, now: Instant, most: Duration) {
        let mut pace = self.pace();
        if let Some(last) = pace.last {
            let apart = now.saturating_duration_since(last).min(most);
            pace.apart = (pace.apart * (REMEMBERED - 1) + apart) / REMEMBERED;
        }
        pace.last = is_awaited.then_some(now);
        pace.stands_since = if is_awaited { pace.stands_since.or(Some(now)) } else { None };
    }

    /// How long somebody who comes now waits at most, where `most` is for a burst.
    pub fn patience(&self, now: Instant, most: Duration) -> Duration {
        let stands =
            self.pace().stands_since.is_some_and(|since| now.saturating_duration_since(since) > most);
        if stands { most / IN_OVERLOAD } else { most }
    }

    /// How long the next one waits behind so many others.
    pub fn wait_behind(&self, others: u32) -> Duration {
        self.pace().apart.saturating_mul(others)
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: Duration = Duration::from_millis(250);

    fn freed(flow: &Flow, times: u32, apart: Duration, from: Instant) -> Instant {
        (1..=times).fold(from, |now, _| {
            flow.freed(true, now + apart, MOST);
            now + apart
        })
    }

    #[test]
    fn the_wait_follows_the_pace_at_which_places_were_given_on() {
        let (flow, start) = (Flow::default(), Instant::now());
        assert_eq!(flow.wait_behind(100), Duration::ZERO, "nothing is known yet");

        let slow = freed(&flow, 200, Duration::from_millis(10), start);
        let wait = flow.wait_behind(20);
        assert!((180..=200).contains(&wait.as_millis()), "{wait:?}");

        freed(&flow, 200, Duration::from_millis(1), slow);
        let wait = flow.wait_behind(20);
        assert!((20..=25).contains(&wait.as_millis()), "{wait:?}");
    }

    #[test]
    fn a_queue_that_stands_is_no_burst_and_makes_waits_short_until_it_is_empty() {
        let (flow, start) = (Flow::default(), Instant::now());
        assert_eq!(flow.patience(start, MOST), MOST);

        let still = freed(&flow, 25, Duration::from_millis(10), start);
        assert_eq!(flow.patience(still, MOST), MOST, "a burst");
        let stands = freed(&flow, 25, Duration::from_millis(10), still);
        assert_eq!(flow.patience(stands, MOST), MOST / IN_OVERLOAD);

        flow.freed(false, stands, MOST);
        assert_eq!(flow.patience(stands, MOST), MOST);
    }

    #[test]
    fn time_in_which_nobody_waited_and_what_hangs_say_little() {
        let (flow, start) = (Flow::default(), Instant::now());
        flow.freed(false, start, MOST);
        flow.freed(false, start + Duration::from_mins(1), MOST);
        assert_eq!(flow.wait_behind(1), Duration::ZERO);

        flow.freed(true, start + Duration::from_secs(61), MOST);
        flow.freed(true, start + Duration::from_mins(2), MOST);
        assert!(flow.wait_behind(1) <= MOST / REMEMBERED);
    }
}
