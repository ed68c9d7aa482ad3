//! How long one waits for a peer that sends or takes its bytes slowly.

use std::{
    num::NonZeroU32,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep};

/// Waits for a peer while there is [`Patience`].
pub(crate) struct Pace {
    patience: Patience,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Pace {
    /// `rate` in bytes a second.
    pub fn new(rate: NonZeroU32, patience: Duration) -> Self {
        Self { patience: Patience { rate, full: patience, left: patience }, waiting: None }
    }

    /// The peer keeps us waiting: ready when that was too long.
    pub fn poll_too_slow(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let left = self.patience.left;
        let (_, over) = self.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
        over.as_mut().poll(cx)
    }

    /// The peer did something.
    pub fn moved(&mut self, bytes: usize) {
        let waited = self.waiting.take().map_or(Duration::ZERO, |(since, _)| since.elapsed());
        self.patience.spend(waited);
        self.patience.earn(bytes);
    }
}

/// Waiting uses it up and bytes give it back: a second for each `rate` of them, never more than at first. A peer that is slower
/// than `rate` comes to its end; one that is not, never does.
#[derive(Clone, Copy, Debug)]
struct Patience {
    rate: NonZeroU32,
    full: Duration,
    left: Duration,
}

impl Patience {
    fn spend(&mut self, waited: Duration) {
        self.left = self.left.saturating_sub(waited);
    }

    fn earn(&mut self, bytes: usize) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let earned = Duration::from_secs(1).saturating_mul(bytes) / self.rate.get();
        self.left = self.left.saturating_add(earned).min(self.full);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patience() -> Patience {
        let full = Duration::from_secs(10);
        Patience { rate: NonZeroU32::new(1024).unwrap(), full, left: full }
    }

    /// After how many seconds patience ends with a peer that sends so many bytes in each; 1,000: it does not.
    fn seconds(bytes: usize) -> usize {
        let mut patience = patience();
        let ends = (0..1_000).find(|_| {
            patience.spend(Duration::from_secs(1));
            let is_over = patience.left.is_zero();
            patience.earn(bytes);
            is_over
        });
        ends.unwrap_or(1_000)
    }

    #[test]
    fn only_who_is_slower_than_the_rate_comes_to_the_end_of_it() {
        assert_eq!(seconds(0), 9);
        assert_eq!(seconds(1), 10);
        assert_eq!(seconds(512), 18);
        assert_eq!(seconds(1024), 1_000);
    }

    #[test]
    fn a_fast_start_buys_no_long_silence() {
        let mut patience = patience();

        patience.earn(10 * 1024 * 1024);

        assert_eq!(patience.left, Duration::from_secs(10));
    }
}
