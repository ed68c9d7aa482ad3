//! Division rounded half to even.

use ethnum::{I256, U256};

use super::{bounded, multiply, power_of_ten};

/// `numerator / denominator` rounded half-even to `places` decimals (below 0: to tens, hundreds and so on), as an
/// integer in units of the last place; `None` for a zero denominator or a result of more than 76 digits.
pub(crate) fn divide_half_even(numerator: I256, denominator: I256, places: i64) -> Option<I256> {
    if numerator == 0 {
        return (denominator != 0).then_some(I256::ZERO);
    }
    let negative = numerator.is_negative() != denominator.is_negative();
    let divisor = denominator.unsigned_abs();
    let magnitude = match u32::try_from(places) {
        Ok(places) => match power_of_ten(places).and_then(|power| multiply(numerator, power)) {
            Some(scaled) => round_quotient(scaled.unsigned_abs(), divisor)?,
            None => divide_digit_by_digit(numerator.unsigned_abs(), divisor, places)?,
        },
        Err(_) => divide_and_drop(numerator.unsigned_abs(), divisor, u32::try_from(-places).ok()?)?,
    };
    let quotient = bounded(I256::try_from(magnitude).ok()?)?;
    Some(if negative { -quotient } else { quotient })
}

/// `value` without its last `digits` digits, rounded half-even.
pub(crate) fn drop_digits(value: I256, digits: u32) -> I256 {
    divide_half_even(value, I256::ONE, -i64::from(digits)).unwrap_or(I256::ZERO)
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

/// School division; the numerator need not leave room for the wanted places.
fn divide_digit_by_digit(numerator: U256, denominator: U256, places: u32) -> Option<U256> {
    let (mut quotient, mut rest) = numerator.checked_div_rem(denominator)?;
    for _ in 0..places {
        // Both are below 10^76, so ten times either still fits.
        let (digit, left) = (rest * 10).div_rem(denominator);
        quotient = quotient * 10 + digit;
        rest = left;
        bounded(I256::try_from(quotient).ok()?)?;
    }
    Some(round_up_half_even(quotient, rest, denominator))
}

/// The quotient without its last `digits` digits; what was cut off before them breaks a tie.
fn divide_and_drop(numerator: U256, denominator: U256, digits: u32) -> Option<U256> {
    let (quotient, cut) = numerator.checked_div_rem(denominator)?;
    let Some(power) = power_of_ten(digits) else {
        // More digits than a quotient has: less than half a unit is left.
        return Some(U256::ZERO);
    };
    let (kept, dropped) = quotient.div_rem(power.unsigned_abs());
    let rounded = round_up_half_even(kept, dropped, power.unsigned_abs());
    let above_tie = cut != 0 && dropped * 2 == power.unsigned_abs();
    Some(if above_tie { kept + U256::ONE } else { rounded })
}

fn round_up_half_even(quotient: U256, rest: U256, denominator: U256) -> U256 {
    let other = denominator - rest;
    let up = rest > other || (rest == other && quotient % 2 == 1);
    quotient + U256::new(u128::from(up))
}
