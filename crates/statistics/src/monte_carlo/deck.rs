//! [`Deck`]: trades to deal from.

use crate::monte_carlo::Resampling;
use crate::random::SplitMix64;

/// The trades and the generator that deals them.
pub(super) struct Deck {
    nets: Vec<i128>,
    resampling: Resampling,
    random: SplitMix64,
}

impl Deck {
    pub(super) const fn new(nets: Vec<i128>, resampling: Resampling, seed: u64) -> Self {
        Self { nets, resampling, random: SplitMix64::new(seed) }
    }

    /// Hands out the trades of one path, without an allocation.
    pub(super) fn deal(&mut self, mut take: impl FnMut(i128)) {
        let count = self.nets.len();
        for dealt in 0..count {
            let from = match self.resampling {
                Resampling::WithReplacement => self.random.index_below(count),
                Resampling::Shuffled => {
                    let from = dealt + self.random.index_below(count - dealt);
                    self.nets.swap(dealt, from);
                    dealt
                }
            };
            take(self.nets.get(from).copied().unwrap_or_default());
        }
    }
}
