//! [`Bounded`]: a quotient of at most 76 digits above and below the line, which needs no allocation.

mod arithmetic;
mod lowest_terms;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use ethnum::I256;

use crate::Decimal;
use crate::wide;
pub(super) use lowest_terms::LowestTerms;

/// An exact rational number: a [`Decimal`] divided by a positive integer.
///
/// Equal numbers are equal and hash alike. Nothing is reduced until a comparison, a sum or a text needs it, so a
/// quotient costs no more than its two numbers.
#[derive(Clone, Copy)]
pub(super) struct Bounded {
    numerator: Decimal,
    /// At least 1; times ten to the places of the numerator it still has at most 76 digits.
    denominator: I256,
}

impl Bounded {
    /// 0.
    pub(super) const ZERO: Self = Self { numerator: Decimal::ZERO, denominator: I256::ONE };

    /// `numerator / denominator`; `None` when the denominator is 0, or when in lowest terms more than 76 digits
    /// stand above or below the line.
    pub(super) fn new(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        if denominator.is_zero() {
            return None;
        }
        let (numerator, denominator) =
            if denominator.is_negative() { (-numerator, -denominator) } else { (numerator, denominator) };
        Self::unreduced(numerator, denominator)
            .or_else(|| LowestTerms::of(numerator, denominator)?.to_bounded())
    }

    fn unreduced(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        let places = numerator.places().max(denominator.places());
        let numerator = Decimal::from_parts(numerator.mantissa_at(places)?, places - denominator.places())?;
        wide::multiply(denominator.mantissa(), wide::power_of_ten(numerator.places())?)?;
        Some(Self { numerator, denominator: denominator.mantissa() })
    }

    /// The equal [`Decimal`]; `None` when the expansion does not end, or not within 76 digits.
    pub(super) fn to_decimal(self) -> Option<Decimal> {
        if self.denominator == 1 { Some(self.numerator) } else { self.lowest_terms().to_decimal() }
    }

    /// The nearest number with at most `scale` digits behind the point, ties to even; `None` when, written with
    /// all of these digits, it has more than 76.
    pub(super) fn checked_round_half_even(&self, scale: u32) -> Option<Decimal> {
        if self.denominator == 1 {
            return Some(self.numerator.round_half_even(scale));
        }
        let places = i64::from(scale) - i64::from(self.numerator.places());
        let mantissa = wide::divide_half_even(self.numerator.mantissa(), self.denominator, places)?;
        Decimal::from_parts(mantissa, scale)
    }

    /// Whether the value is 0.
    pub(super) fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    /// -1, 0 or 1.
    pub(super) const fn signum(&self) -> i32 {
        self.numerator.signum()
    }

    /// The two integers, if both fit into 128 bits.
    pub(super) fn terms(&self) -> Option<(i128, i128)> {
        if self.denominator == 1 {
            let decimal = self.numerator.trimmed();
            let power = wide::power_of_ten(decimal.places())?;
            return Some((wide::narrow(decimal.mantissa())?, wide::narrow(power)?));
        }
        let LowestTerms { numerator, denominator } = self.lowest_terms();
        Some((wide::narrow(numerator)?, wide::narrow(denominator)?))
    }

    pub(super) fn lowest_terms(&self) -> LowestTerms {
        LowestTerms::vouched(self.numerator, self.denominator)
    }
}

impl From<Decimal> for Bounded {
    fn from(numerator: Decimal) -> Self {
        Self { numerator, denominator: I256::ONE }
    }
}

impl PartialEq for Bounded {
    fn eq(&self, other: &Self) -> bool {
        if self.denominator == other.denominator {
            return self.numerator == other.numerator;
        }
        self.lowest_terms() == other.lowest_terms()
    }
}

impl Eq for Bounded {}

impl Hash for Bounded {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.lowest_terms().hash(state);
    }
}

impl Bounded {
    /// The order, if the products that tell it have at most 76 digits.
    pub(super) fn checked_cmp(&self, other: &Self) -> Option<Ordering> {
        if self.denominator == other.denominator {
            return Some(self.numerator.cmp(&other.numerator));
        }
        let (left, right) =
            (Decimal::from_parts(self.denominator, 0)?, Decimal::from_parts(other.denominator, 0)?);
        Some(self.numerator.checked_mul(right)?.cmp(&other.numerator.checked_mul(left)?))
    }
}
