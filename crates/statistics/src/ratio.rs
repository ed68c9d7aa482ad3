//! [`Ratio`]: an exact quotient without a unit.

use std::fmt;

use ledger::Fraction;

/// An exact quotient of two amounts or counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ratio(Fraction);

impl Ratio {
    pub(crate) const fn new(value: Fraction) -> Self {
        Self(value)
    }

    /// `above / below`; `None` when that is 0.
    pub(crate) fn of(above: &Fraction, below: &Fraction) -> Option<Self> {
        above.checked_div(below).map(Self)
    }

    /// `above / below` of counts, 0 when that is 0.
    pub(crate) fn of_counts(above: u64, below: u64) -> Self {
        Self(whole(above).checked_div(&whole(below)).unwrap_or_default())
    }

    /// The exact value.
    pub const fn exact(&self) -> &Fraction {
        &self.0
    }

    /// The value for charts and comparisons.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64()
    }
}

impl fmt::Display for Ratio {
    /// The finite decimal when there is one, else `n/d` in lowest terms.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What the wins made for each unit that the losses cost: of trades, or, as Omega, of days.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ProfitFactor {
    /// There are losses to compare with; 0 when nothing won.
    Finite(Ratio),
    /// There are wins and no losses.
    Infinite,
}

/// A count as an exact number.
pub(crate) fn whole(count: u64) -> Fraction {
    i64::try_from(count).map_or_else(|_| Fraction::from(i64::MAX) + Fraction::from(1), Fraction::from)
}
