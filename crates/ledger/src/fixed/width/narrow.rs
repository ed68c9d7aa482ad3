//! 64-bit integers, whose money is a 64-bit integer as well.

use ethnum::I256;

use super::sealed::Arithmetic;
use super::{Number, checked_integer};

impl Number for i64 {
    type Money = Self;

    fn widen(self) -> I256 {
        I256::from(self)
    }

    fn widen_money(amount: Self) -> I256 {
        I256::from(amount)
    }
}

impl Arithmetic for i64 {
    checked_integer!();

    #[inline]
    fn share(self, part: Self, whole: Self, exponent: u8) -> Option<Self> {
        if exponent == 0
            && let Some(numerator) = self.unsigned_abs().checked_mul(part.unsigned_abs())
        {
            // The quotient is at most the cost itself, as no part is larger than the whole.
            let quotient = Self::try_from(half_even(numerator, whole.unsigned_abs())?).ok()?;
            return Some(if self < 0 { -quotient } else { quotient });
        }
        i128::from(self).share(i128::from(part), i128::from(whole), exponent)?.try_into().ok()
    }

    #[inline]
    fn times(self, other: Self) -> Option<Self> {
        self.checked_mul(other)
    }

    #[inline]
    fn add(left: Self, right: Self) -> Option<Self> {
        left.checked_add(right)
    }

    #[inline]
    fn subtract(left: Self, right: Self) -> Option<Self> {
        left.checked_sub(right)
    }

    #[inline]
    fn scale(amount: Self, factor: Self) -> Option<Self> {
        amount.checked_mul(factor)
    }
}

/// The quotient rounded half to even; `None` for a zero divisor.
#[inline]
fn half_even(numerator: u64, denominator: u64) -> Option<u64> {
    let quotient = numerator.checked_div(denominator)?;
    let rest = numerator - quotient * denominator;
    let other = denominator - rest;
    let up = rest > other || (rest == other && quotient & 1 == 1);
    Some(quotient + u64::from(up))
}
