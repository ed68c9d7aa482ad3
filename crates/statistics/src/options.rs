//! [`Options`]: what a person may choose about the statistics.

use ledger::Decimal;

/// What a summary needs beside the trades. Every field has a sensible default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The equity before the first trade, in the currency of the trades. Without it, or at zero and below, there
    /// is no drawdown in percent. Default: `None`.
    pub opening_equity: Option<Decimal>,
    /// A trade whose net amount is at most this far from zero is a scratch. Not negative. Default: 0.
    pub breakeven_tolerance: Decimal,
    /// How many samples the bootstrap draws; 0 leaves the intervals of expectancy out. Default: 1000.
    pub bootstrap_draws: usize,
    /// The seed of the bootstrap: the same seed gives the same interval. Default: 42.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { opening_equity: None, breakeven_tolerance: Decimal::ZERO, bootstrap_draws: 1000, seed: 42 }
    }
}
