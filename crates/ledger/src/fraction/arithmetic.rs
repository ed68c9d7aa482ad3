//! Exact sums of quotients.

use std::ops::Neg;

use ethnum::I256;

use super::Fraction;
use super::lowest_terms::LowestTerms;
use crate::Decimal;
use crate::wide;

impl Fraction {
    /// The exact sum; `None` when 76 digits do not suffice over the least common denominator.
    #[inline]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let mut sum = self;
        sum.accumulate(&other)?;
        Some(sum)
    }

    /// Adds in place, which spares the copies of running sums; unchanged when `None`.
    #[inline]
    pub(crate) fn accumulate(&mut self, other: &Self) -> Option<()> {
        if other.is_zero() {
            return Some(());
        }
        if self.denominator == 1 && other.denominator == 1 {
            self.numerator = self.numerator.checked_add(other.numerator)?;
        } else {
            *self = self.add_quotients(*other)?;
        }
        Some(())
    }

    #[cold]
    fn add_quotients(self, other: Self) -> Option<Self> {
        add_reduced(self.lowest_terms(), other.lowest_terms())
    }

    /// The exact difference; `None` when 76 digits do not suffice over the least common denominator.
    #[inline]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }
}

/// Adds over the least common denominator, so that what cancels later does not overflow first.
fn add_reduced(left: LowestTerms, right: LowestTerms) -> Option<Fraction> {
    let common = wide::greatest_common_divisor(left.denominator, right.denominator);
    let left_factor = right.denominator / common;
    let right_factor = left.denominator / common;
    let above = integer(left.numerator, left_factor)?.checked_add(integer(right.numerator, right_factor)?)?;
    let below = wide::multiply(left.denominator, left_factor)?;
    LowestTerms::reduce(above.mantissa(), below).to_fraction()
}

fn integer(left: I256, right: I256) -> Option<Decimal> {
    Decimal::from_parts(wide::multiply(left, right)?, 0)
}

impl Neg for Fraction {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }
}
