//! The sums over the disposals of a year.

use ledger::{
    Fraction,
    tax::{uk, us},
};

/// Sums in one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// What sales brought in.
    pub proceeds: Fraction,
    /// Basis (US) or allowable cost (UK).
    pub cost: Fraction,
    /// `proceeds - cost`.
    pub gain: Fraction,
    /// US: losses that do not count now.
    pub disallowed: Fraction,
    /// US: what counts of holdings of up to 365 days.
    pub allowed_short_term: Fraction,
    /// US: what counts of longer holdings.
    pub allowed_long_term: Fraction,
}

impl Totals {
    /// Adds a piece of a lot that was sold.
    pub fn add_us(&mut self, disposal: &us::Disposal) {
        self.proceeds += &disposal.proceeds;
        self.cost += &disposal.basis;
        self.gain += &disposal.gain;
        self.disallowed += &disposal.disallowed;
        if disposal.long_term {
            self.allowed_long_term += &disposal.allowed;
        } else {
            self.allowed_short_term += &disposal.allowed;
        }
    }

    /// Adds the sales of a day.
    pub fn add_uk(&mut self, disposal: &uk::Disposal) {
        self.proceeds += &disposal.proceeds;
        self.cost += &disposal.cost;
        self.gain += &disposal.gain;
    }
}
