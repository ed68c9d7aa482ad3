//! [`Fraction`]: an exact quotient, for averages and for shares of a fee that no decimal can hold.

mod arithmetic;
mod lowest_terms;

use std::fmt;
use std::hash::{Hash, Hasher};

use ethnum::I256;

use crate::Decimal;
use crate::wide;
use lowest_terms::LowestTerms;

/// An exact rational number: a [`Decimal`] divided by a positive integer.
///
/// Equal numbers are equal and hash alike. Nothing is reduced until a comparison, a sum or a text needs it, so a
/// quotient costs no more than its two numbers.
#[derive(Clone, Copy)]
pub struct Fraction {
    numerator: Decimal,
    /// At least 1; times ten to the places of the numerator it still has at most 76 digits.
    denominator: I256,
}

impl Fraction {
    /// 0.
    pub const ZERO: Self = Self { numerator: Decimal::ZERO, denominator: I256::ONE };

    /// `numerator / denominator`; `None` when the denominator is 0, or when in lowest terms more than 76 digits
    /// stand above or below the line.
    pub fn new(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        if denominator.is_zero() {
            return None;
        }
        let (numerator, denominator) =
            if denominator.is_negative() { (-numerator, -denominator) } else { (numerator, denominator) };
        Self::unreduced(numerator, denominator)
            .or_else(|| LowestTerms::of(numerator, denominator)?.to_fraction())
    }

    fn unreduced(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        let places = numerator.places().max(denominator.places());
        let numerator = Decimal::from_parts(numerator.mantissa_at(places)?, places - denominator.places())?;
        wide::multiply(denominator.mantissa(), wide::power_of_ten(numerator.places())?)?;
        Some(Self { numerator, denominator: denominator.mantissa() })
    }

    /// The equal [`Decimal`]; `None` when the expansion does not end, or not within 76 digits.
    pub fn to_decimal(&self) -> Option<Decimal> {
        if self.denominator == 1 { Some(self.numerator) } else { self.lowest_terms().to_decimal() }
    }

    /// The nearest number with at most `scale` digits behind the point, ties to even. A quotient so large that
    /// 76 digits do not reach that far is rounded to as many places as they do reach.
    pub fn round_half_even(&self, scale: u32) -> Decimal {
        (0..=scale.min(Decimal::MAX_DIGITS))
            .rev()
            .find_map(|places| self.checked_round_half_even(places))
            .unwrap_or_default()
    }

    /// The nearest number with at most `scale` digits behind the point, ties to even; `None` when, written with
    /// all of these digits, it has more than 76.
    pub fn checked_round_half_even(&self, scale: u32) -> Option<Decimal> {
        if self.denominator == 1 {
            return Some(self.numerator.round_half_even(scale));
        }
        let places = i64::from(scale) - i64::from(self.numerator.places());
        let mantissa = wide::divide_half_even(self.numerator.mantissa(), self.denominator, places)?;
        Decimal::from_parts(mantissa, scale)
    }

    /// Whether the value is 0.
    pub fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    /// -1, 0 or 1.
    pub const fn signum(&self) -> i32 {
        self.numerator.signum()
    }

    fn lowest_terms(&self) -> LowestTerms {
        LowestTerms::vouched(self.numerator, self.denominator)
    }
}

impl Default for Fraction {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<Decimal> for Fraction {
    fn from(numerator: Decimal) -> Self {
        Self { numerator, denominator: I256::ONE }
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        if self.denominator == other.denominator {
            return self.numerator == other.numerator;
        }
        self.lowest_terms() == other.lowest_terms()
    }
}

impl Eq for Fraction {}

impl Hash for Fraction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.lowest_terms().hash(state);
    }
}

impl fmt::Display for Fraction {
    /// The finite decimal when there is one, else `n/d` in lowest terms.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal() {
            Some(decimal) => fmt::Display::fmt(&decimal, formatter),
            None => fmt::Display::fmt(&self.lowest_terms(), formatter),
        }
    }
}

impl fmt::Debug for Fraction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Fraction({self})")
    }
}
