//! Between quotients of at most 76 digits and those of any size.

use std::cmp::Ordering;

use dashu_int::ops::{BitTest, DivRem};
use dashu_int::{IBig, Sign, UBig};
use dashu_ratio::RBig;
use ethnum::{I256, U256};

use super::bounded::LowestTerms;
use crate::Decimal;
use crate::wide;

/// Bits of ten to the 76, the largest denominator of a decimal.
const LONGEST_DENOMINATOR: usize = 253;

pub(super) fn from_lowest_terms(terms: LowestTerms) -> RBig {
    let sign = if terms.numerator.is_negative() { Sign::Negative } else { Sign::Positive };
    RBig::from_parts(IBig::from_parts(sign, magnitude(terms.numerator)), magnitude(terms.denominator))
}

/// The pair of integers in lowest terms, if both have at most 76 digits.
pub(super) fn to_lowest_terms(number: &RBig) -> Option<LowestTerms> {
    let (sign, above) = number.numerator().clone().into_parts();
    let denominator = bounded(number.denominator())?;
    Some(LowestTerms { numerator: signed(sign, bounded(&above)?), denominator })
}

pub(super) fn signum(number: &RBig) -> i32 {
    match number.sign() {
        _ if number.is_zero() => 0,
        Sign::Positive => 1,
        Sign::Negative => -1,
    }
}

pub(super) fn to_decimal(number: &RBig) -> Option<Decimal> {
    if number.denominator().bit_len() > LONGEST_DENOMINATOR {
        return None;
    }
    scaled(number, decimal_places(number.denominator())?)
}

/// The digits behind the point of `1 / denominator`; `None` when there is no end of them.
pub(super) fn decimal_places(denominator: &UBig) -> Option<u32> {
    let twos = denominator.trailing_zeros()?;
    let mut rest = denominator >> twos;
    let five = UBig::from(5_u8);
    let mut fives = 0;
    while !rest.is_one() {
        let quotient = &rest / &five;
        if &quotient * &five != rest {
            return None;
        }
        rest = quotient;
        fives += 1;
    }
    u32::try_from(twos.max(fives)).ok()
}

/// `number x 10^places` without its sign; this has to be an integer.
pub(super) fn digits(number: &RBig, places: u32) -> UBig {
    let (_, above) = number.numerator().clone().into_parts();
    above * power_of_ten(places) / number.denominator()
}

pub(super) fn round_half_even(number: &RBig, places: u32) -> Option<Decimal> {
    let (sign, above) = number.numerator().clone().into_parts();
    let (quotient, rest) = (above * power_of_ten(places)).div_rem(number.denominator());
    let twice = rest * UBig::from(2_u8);
    let up = match twice.cmp(number.denominator()) {
        Ordering::Less => false,
        Ordering::Equal => quotient.trailing_zeros() == Some(0),
        Ordering::Greater => true,
    };
    let rounded = bounded(&(quotient + UBig::from(up)))?;
    Decimal::from_parts(signed(sign, rounded), places)
}

/// A plain decimal; its characters have been checked.
pub(super) fn parse(text: &str) -> Option<RBig> {
    let sign = if text.starts_with('-') { Sign::Negative } else { Sign::Positive };
    let unsigned = text.trim_start_matches(['-', '+']);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = UBig::from_str_radix(&format!("0{whole}{fraction}"), 10).ok()?;
    Some(RBig::from_parts(IBig::from_parts(sign, digits), power_of_ten(u32::try_from(fraction.len()).ok()?)))
}

fn scaled(number: &RBig, places: u32) -> Option<Decimal> {
    Decimal::from_parts(signed(number.sign(), bounded(&digits(number, places))?), places)
}

fn power_of_ten(places: u32) -> UBig {
    UBig::from(10_u8).pow(usize::try_from(places).unwrap_or(usize::MAX))
}

fn signed(sign: Sign, magnitude: I256) -> I256 {
    match sign {
        Sign::Positive => magnitude,
        Sign::Negative => -magnitude,
    }
}

fn magnitude(integer: I256) -> UBig {
    UBig::from_le_bytes(&integer.unsigned_abs().to_le_bytes())
}

/// The integer, if it has at most 76 digits.
fn bounded(integer: &UBig) -> Option<I256> {
    let mut bytes = [0; 32];
    let used = integer.to_le_bytes();
    bytes.get_mut(..used.len())?.copy_from_slice(&used);
    wide::bounded(I256::try_from(U256::from_le_bytes(bytes)).ok()?)
}
