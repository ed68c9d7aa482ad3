//! Exact sums of quotients.

use std::ops::Neg;

use ethnum::I256;

use super::Bounded;
use super::lowest_terms::LowestTerms;
use crate::Decimal;
use crate::wide;

impl Bounded {
    /// The exact sum; `None` when 76 digits do not suffice over the least common denominator.
    #[inline]
    pub(in crate::fraction) fn checked_add(self, other: Self) -> Option<Self> {
        let mut sum = self;
        sum.accumulate(&other)?;
        Some(sum)
    }

    /// Adds in place, which spares the copies of running sums; unchanged when `None`.
    #[inline]
    pub(in crate::fraction) fn accumulate(&mut self, other: &Self) -> Option<()> {
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
    pub(in crate::fraction) fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }
}

/// Adds over the least common denominator, so that what cancels later does not overflow first.
fn add_reduced(left: LowestTerms, right: LowestTerms) -> Option<Bounded> {
    let common = wide::greatest_common_divisor(left.denominator, right.denominator);
    let left_factor = right.denominator / common;
    let right_factor = left.denominator / common;
    let above = integer(left.numerator, left_factor)?.checked_add(integer(right.numerator, right_factor)?)?;
    let below = wide::multiply(left.denominator, left_factor)?;
    LowestTerms::reduce(above.mantissa(), below).to_bounded()
}

fn integer(left: I256, right: I256) -> Option<Decimal> {
    Decimal::from_parts(wide::multiply(left, right)?, 0)
}

impl Bounded {
    /// The exact product; `None` when 76 digits do not suffice.
    #[inline]
    pub(in crate::fraction) fn checked_mul(&self, other: &Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return Some(Self::from(self.numerator.checked_mul(other.numerator)?));
        }
        let (left, right) = (self.lowest_terms(), other.lowest_terms());
        let across = LowestTerms::reduce(left.numerator, right.denominator);
        let back = LowestTerms::reduce(right.numerator, left.denominator);
        let numerator = wide::multiply(across.numerator, back.numerator)?;
        let denominator = wide::multiply(across.denominator, back.denominator)?;
        LowestTerms { numerator, denominator }.to_bounded()
    }

    /// The exact quotient; `None` when 76 digits do not suffice, or for a zero divisor.
    pub(in crate::fraction) fn checked_div(&self, other: &Self) -> Option<Self> {
        let LowestTerms { numerator, denominator } = other.lowest_terms();
        let (numerator, denominator) =
            if numerator.is_negative() { (-denominator, -numerator) } else { (denominator, numerator) };
        if denominator == 0 {
            return None;
        }
        self.checked_mul(&LowestTerms { numerator, denominator }.to_bounded()?)
    }
}

impl Neg for Bounded {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self { numerator: -self.numerator, denominator: self.denominator }
    }
}
