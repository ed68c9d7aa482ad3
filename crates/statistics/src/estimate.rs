//! Figures that luck may have made, with the interval that says how much.

use ledger::Fraction;

/// An estimate with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate itself.
    pub value: f64,
    /// The lower end of the interval; `None` where no interval was made.
    pub low: Option<f64>,
    /// The upper end of the interval; `None` where no interval was made.
    pub high: Option<f64>,
    /// How many trades it rests on.
    pub n: u64,
}

/// An exact estimate of money with its 95 % interval, in the currency of the trades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyEstimate {
    /// The estimate itself.
    pub value: Fraction,
    /// The lower end of the interval; `None` where no interval was made.
    pub low: Option<Fraction>,
    /// The upper end of the interval; `None` where no interval was made.
    pub high: Option<Fraction>,
    /// How many trades it rests on.
    pub n: u64,
}
