//! Integers of up to 76 decimal digits: 128-bit arithmetic while it suffices, 256-bit beyond.

mod division;

use ethnum::I256;

pub(crate) use division::{divide_half_even, drop_digits, narrow_quotient};

/// Every magnitude in this crate is below ten to this power, so that whatever is computed can also be written
/// and read back. It is the largest power of ten that 256 signed bits hold.
pub(crate) const DIGITS: u32 = 76;

const NARROW_DIGITS: usize = 38;

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, where a bad index is a build error")]
const NARROW_POWERS: [i128; NARROW_DIGITS + 1] = {
    let mut powers = [1; NARROW_DIGITS + 1];
    let mut exponent = 1;
    while exponent <= NARROW_DIGITS {
        powers[exponent] = powers[exponent - 1] * 10;
        exponent += 1;
    }
    powers
};

/// The value as 128 bits, if it fits.
#[inline]
pub(crate) fn narrow(value: I256) -> Option<i128> {
    let (high, low) = value.into_words();
    (high == low >> 127).then_some(low)
}

/// Ten to the power of `exponent`; `None` above 76.
pub(crate) fn power_of_ten(exponent: u32) -> Option<I256> {
    if let Some(power) = narrow_power_of_ten(exponent) {
        return Some(I256::new(power));
    }
    let rest = narrow_power_of_ten(exponent.checked_sub(38)?)?;
    Some(I256::new(narrow_power_of_ten(38)?) * I256::new(rest))
}

/// Ten to the power of `exponent`; `None` above 38.
#[inline]
pub(crate) fn narrow_power_of_ten(exponent: u32) -> Option<i128> {
    NARROW_POWERS.get(usize::try_from(exponent).ok()?).copied()
}

/// The value itself, if it has at most 76 digits.
pub(crate) fn bounded(value: I256) -> Option<I256> {
    if narrow(value).is_some() {
        return Some(value);
    }
    let limit = power_of_ten(DIGITS)?;
    (value < limit && value > -limit).then_some(value)
}

/// The product, if it fits into 128 bits.
#[inline]
pub(crate) fn narrow_product(left: i128, right: i128) -> Option<i128> {
    match (i64::try_from(left), i64::try_from(right)) {
        // One machine instruction; the general product takes a call.
        (Ok(left), Ok(right)) => Some(i128::from(left) * i128::from(right)),
        _ => left.checked_mul(right),
    }
}

/// The product, if it has at most 76 digits.
pub(crate) fn multiply(left: I256, right: I256) -> Option<I256> {
    if let (Some(left), Some(right)) = (narrow(left), narrow(right))
        && let Some(product) = narrow_product(left, right)
    {
        return Some(I256::new(product));
    }
    bounded(left.checked_mul(right)?)
}

/// The greatest common divisor of the magnitudes; zero only when both are zero.
pub(crate) fn greatest_common_divisor(left: I256, right: I256) -> I256 {
    let (mut left, mut right) = (left.unsigned_abs(), right.unsigned_abs());
    while right != 0 {
        if let (Ok(narrow_left), Ok(narrow_right)) = (u128::try_from(left), u128::try_from(right)) {
            return I256::from(narrow_divisor(narrow_left, narrow_right));
        }
        (left, right) = (right, left % right);
    }
    I256::try_from(left).unwrap_or(I256::ONE)
}

fn narrow_divisor(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}
