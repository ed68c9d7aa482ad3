//! Integers of up to 76 decimal digits: 128-bit arithmetic while it suffices, 256-bit beyond.

use ethnum::{I256, U256};

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

/// `numerator / denominator` rounded half-even to `places` decimals, as an integer of that scale;
/// `None` for a zero denominator or a result of more than 76 digits.
pub(crate) fn divide_half_even(numerator: I256, denominator: I256, places: u32) -> Option<I256> {
    if numerator == 0 {
        return (denominator != 0).then_some(I256::ZERO);
    }
    let negative = numerator.is_negative() != denominator.is_negative();
    let magnitude = match power_of_ten(places).and_then(|power| multiply(numerator, power)) {
        Some(scaled) => round_quotient(scaled.unsigned_abs(), denominator.unsigned_abs())?,
        None => divide_digit_by_digit(numerator.unsigned_abs(), denominator.unsigned_abs(), places)?,
    };
    let quotient = bounded(I256::try_from(magnitude).ok()?)?;
    Some(if negative { -quotient } else { quotient })
}

/// `value` without its last `digits` digits, rounded half-even.
pub(crate) fn drop_digits(value: I256, digits: u32) -> I256 {
    match power_of_ten(digits) {
        Some(power) => divide_half_even(value, power, 0).unwrap_or(I256::ZERO),
        // More digits than a value has: less than half a unit is left.
        None => I256::ZERO,
    }
}

/// `numerator / denominator` rounded half-even to an integer; `None` for a zero denominator.
#[inline]
pub(crate) fn narrow_quotient(numerator: i128, denominator: i128) -> Option<i128> {
    let magnitude = narrow_magnitude(numerator.unsigned_abs(), denominator.unsigned_abs())?;
    let quotient = i128::try_from(magnitude).ok()?;
    Some(if (numerator < 0) == (denominator < 0) { quotient } else { -quotient })
}

#[inline]
fn narrow_magnitude(numerator: u128, denominator: u128) -> Option<u128> {
    let quotient = match (u64::try_from(numerator), u64::try_from(denominator)) {
        // 64-bit division is several times as fast.
        (Ok(numerator), Ok(denominator)) => u128::from(numerator.checked_div(denominator)?),
        _ => numerator.checked_div(denominator)?,
    };
    let rest = numerator - quotient * denominator;
    let other = denominator - rest;
    Some(quotient + u128::from(rest > other || (rest == other && quotient % 2 == 1)))
}

fn round_quotient(numerator: U256, denominator: U256) -> Option<U256> {
    if let (Ok(numerator), Ok(denominator)) = (u128::try_from(numerator), u128::try_from(denominator)) {
        return narrow_magnitude(numerator, denominator).map(U256::new);
    }
    let (quotient, rest) = numerator.checked_div_rem(denominator)?;
    Some(round_up_half_even(quotient, rest, denominator))
}

/// School division, for numerators that do not leave room for the wanted places.
fn divide_digit_by_digit(numerator: U256, denominator: U256, places: u32) -> Option<U256> {
    let (mut quotient, mut rest) = numerator.checked_div_rem(denominator)?;
    for _ in 0..places {
        // Both are below 10^76, so ten times either still fits.
        let (digit, left) = (rest * 10).checked_div_rem(denominator)?;
        quotient = quotient * 10 + digit;
        rest = left;
        bounded(I256::try_from(quotient).ok()?)?;
    }
    Some(round_up_half_even(quotient, rest, denominator))
}

fn round_up_half_even(quotient: U256, rest: U256, denominator: U256) -> U256 {
    let other = denominator - rest;
    let up = rest > other || (rest == other && quotient % 2 == 1);
    quotient + U256::new(u128::from(up))
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
