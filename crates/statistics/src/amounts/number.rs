//! [`Number`]: what a loop over amounts needs of their width.

use std::ops::{AddAssign, Neg, Sub};

use ledger::{Decimal, Fraction};

use crate::twofold::Twofold;

/// An integer or a fraction; the column that holds it has made sure that its sums have room.
pub(crate) trait Number:
    Clone
    + Ord
    + Default
    + for<'a> AddAssign<&'a Self>
    + for<'a> Sub<&'a Self, Output = Self>
    + Neg<Output = Self>
{
    /// The amount it stands for.
    fn exact(&self, unit: i128) -> Fraction;

    /// The largest number that stands for at most this amount, which is not negative.
    fn at_most(amount: &Fraction, unit: i128) -> Self;

    /// Itself, with about 31 digits.
    fn twofold(&self) -> Twofold;

    /// Itself, with about 16 digits.
    fn approximate(&self) -> f64;

    /// Itself or 0.
    #[must_use]
    fn if_kept(&self, keep: bool) -> Self;

    /// The exact sum of the squares divided by the square of the unit; `None` where that takes as long as fractions
    /// do.
    fn sum_of_squares(values: &[Self]) -> Option<i128>;
}

impl Number for i64 {
    fn exact(&self, unit: i128) -> Fraction {
        i128::from(*self).exact(unit)
    }

    fn at_most(amount: &Fraction, unit: i128) -> Self {
        Self::try_from(i128::at_most(amount, unit)).unwrap_or(Self::MAX)
    }

    #[inline]
    fn twofold(&self) -> Twofold {
        Twofold::from(*self)
    }

    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "approximate")]
    fn approximate(&self) -> f64 {
        *self as f64
    }

    #[inline]
    fn if_kept(&self, keep: bool) -> Self {
        *self * Self::from(keep)
    }

    fn sum_of_squares(values: &[Self]) -> Option<i128> {
        // n x max fits into 63 bits, so n x max^2 fits into 126.
        Some(values.iter().map(|value| i128::from(*value) * i128::from(*value)).sum())
    }
}

impl Number for i128 {
    fn exact(&self, unit: i128) -> Fraction {
        let whole = |number| Decimal::from_scaled(number, 0).unwrap_or_default();
        Fraction::new(whole(*self), whole(unit)).unwrap_or_default()
    }

    fn at_most(amount: &Fraction, unit: i128) -> Self {
        (amount * unit.exact(1)).floor().unwrap_or(Self::MAX)
    }

    fn twofold(&self) -> Twofold {
        Twofold::from(*self)
    }

    #[expect(clippy::cast_precision_loss, reason = "approximate")]
    fn approximate(&self) -> f64 {
        *self as f64
    }

    fn if_kept(&self, keep: bool) -> Self {
        if keep { *self } else { 0 }
    }

    fn sum_of_squares(_: &[Self]) -> Option<i128> {
        None
    }
}

impl Number for Fraction {
    fn exact(&self, _: i128) -> Fraction {
        self.clone()
    }

    fn at_most(amount: &Fraction, _: i128) -> Self {
        amount.clone()
    }

    fn twofold(&self) -> Twofold {
        Twofold::from(self)
    }

    fn approximate(&self) -> f64 {
        self.to_f64()
    }

    fn if_kept(&self, keep: bool) -> Self {
        if keep { self.clone() } else { Self::ZERO }
    }

    fn sum_of_squares(_: &[Self]) -> Option<i128> {
        None
    }
}
