//! [`Options`]: what a person may choose about the statistics.

use ledger::Fraction;

use crate::bootstrap::BOOTSTRAP_LIMIT;

/// What a summary needs beside the trades. Every field has a sensible default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The equity before the first trade, in the currency of the trades. Without it, or at zero and below, there
    /// is no drawdown as a share. Default: `None`.
    pub opening_equity: Option<Fraction>,
    /// A trade whose net amount is at most this far from zero is a scratch. Not negative. Default: 0.
    pub breakeven_tolerance: Fraction,
    /// How many samples the bootstrap draws; 0 leaves the intervals of expectancy out. Default: 1000.
    pub bootstrap_draws: usize,
    /// Above this many trades there is no bootstrap. Default: [`BOOTSTRAP_LIMIT`].
    pub bootstrap_limit: usize,
    /// The seed of the bootstrap: the same seed gives the same interval. Default: 42.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            opening_equity: None,
            breakeven_tolerance: Fraction::ZERO,
            bootstrap_draws: 1000,
            bootstrap_limit: BOOTSTRAP_LIMIT,
            seed: 42,
        }
    }
}
