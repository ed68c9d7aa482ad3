//! [`Ratio`]: an exact quotient without a unit.

use std::fmt;

use ledger::{Decimal, Fraction};

use crate::error::StatisticsError;

/// An exact quotient of two amounts or counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ratio(Fraction);

impl Ratio {
    /// `above / below`. The callers have made sure that `below` is not 0, so that only too many digits fail.
    pub(crate) fn new(above: Decimal, below: Decimal) -> Result<Self, StatisticsError> {
        quotient(above, below).map(Self)
    }

    /// The exact value.
    pub const fn exact(&self) -> &Fraction {
        &self.0
    }

    /// The value for charts and comparisons.
    pub fn to_f64(&self) -> f64 {
        to_f64(&self.0)
    }
}

impl fmt::Display for Ratio {
    /// The finite decimal when there is one, else `n/d` in lowest terms.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What the wins made for each unit that the losses cost.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ProfitFactor {
    /// There are losses to compare with; 0 when nothing won.
    Finite(Ratio),
    /// There are wins and no losses.
    Infinite,
}

/// The exact quotient; an error when it needs too many digits (or `below` is 0, which the callers rule out).
pub(crate) fn quotient(above: Decimal, below: Decimal) -> Result<Fraction, StatisticsError> {
    Fraction::new(above, below).ok_or(StatisticsError::Overflow)
}

/// The nearest floating point number: as many decimals as the exact range holds, then one rounding.
pub(crate) fn to_f64(fraction: &Fraction) -> f64 {
    fraction.to_f64()
}

/// A count as an exact number.
pub(crate) fn whole(count: u64) -> Decimal {
    // Every 64-bit integer fits.
    Decimal::from_scaled(i128::from(count), 0).unwrap_or_default()
}

/// Whether two quotients with divisors above 0 are equal; what has too many digits to tell is not.
pub(crate) fn same_quotient(left: (Decimal, Decimal), right: (Decimal, Decimal)) -> bool {
    match (left.0.checked_mul(right.1), right.0.checked_mul(left.1)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}
