//! 128-bit integers, whose money has 256 bits.

use ethnum::I256;

use super::sealed::Arithmetic;
use super::{Number, checked_integer};
use crate::wide;

impl Number for i128 {
    type Money = I256;

    fn widen(self) -> I256 {
        I256::new(self)
    }

    fn widen_money(amount: I256) -> I256 {
        amount
    }
}

impl Arithmetic for i128 {
    checked_integer!();

    #[inline]
    fn share(self, part: Self, whole: Self, exponent: u8) -> Option<Self> {
        let numerator = product(self, part);
        let step = wide::narrow_power_of_ten(u32::from(exponent))?;
        if exponent == 0
            && let Some(numerator) = wide::narrow(numerator)
        {
            return wide::narrow_quotient(numerator, whole);
        }
        let quotient = wide::divide_half_even(numerator, product(whole, step), 0)?;
        wide::narrow(quotient)?.checked_mul(step)
    }

    #[inline]
    fn times(self, other: Self) -> Option<I256> {
        bounded(product(self, other))
    }

    #[inline]
    fn add(left: I256, right: I256) -> Option<I256> {
        bounded(left.wrapping_add(right))
    }

    #[inline]
    fn subtract(left: I256, right: I256) -> Option<I256> {
        bounded(left.wrapping_sub(right))
    }

    #[inline]
    fn scale(amount: I256, factor: Self) -> Option<I256> {
        if factor == 1 { Some(amount) } else { multiplied(amount, factor) }
    }
}

/// The whole product: 127 bits times 127 bits always fit into 256.
#[inline]
fn product(left: i128, right: i128) -> I256 {
    let (low, high) = left.unsigned_abs().carrying_mul(right.unsigned_abs(), 0);
    let magnitude = I256::from_words(high.cast_signed(), low.cast_signed());
    if (left < 0) == (right < 0) { magnitude } else { magnitude.wrapping_neg() }
}

/// The amount, if it is below 2^252 in size: then it has at most 76 digits, and the sum of two does not wrap.
#[inline]
fn bounded(amount: I256) -> Option<I256> {
    const LIMIT: i128 = 1 << 124;
    let (high, _) = amount.into_words();
    (-LIMIT..LIMIT).contains(&high).then_some(amount)
}

/// Kept apart, so that books with a multiplier of 1 do not carry it through their loop.
#[cold]
fn multiplied(amount: I256, factor: i128) -> Option<I256> {
    bounded(amount.checked_mul(I256::new(factor))?)
}
