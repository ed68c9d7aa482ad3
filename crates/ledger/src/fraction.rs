//! [`Fraction`]: an exact rational number, for averages, rates and shares that no decimal can hold.

mod arithmetic;
mod bounded;
mod comparison;
mod large;
mod text;

use dashu_ratio::RBig;

use crate::Decimal;
use bounded::Bounded;

pub use text::ParseFractionError;

/// An exact rational number of any size.
///
/// Up to 76 digits above and below the line it needs no allocation and is not reduced until a comparison or a text
/// needs it; beyond, it is a pair of big integers. Equal numbers are equal and hash alike. Arithmetic is exact and
/// cannot overflow; only division by zero has no result.
#[derive(Clone)]
pub struct Fraction(Number);

/// Every number that fits is [`Bounded`], so that equal numbers are held alike.
#[derive(Clone)]
enum Number {
    Bounded(Bounded),
    Large(Box<RBig>),
}

impl Fraction {
    /// 0.
    pub const ZERO: Self = Self(Number::Bounded(Bounded::ZERO));

    /// `numerator / denominator`; `None` when the denominator is 0.
    pub fn new(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        if denominator.is_zero() {
            return None;
        }
        let bounded = Bounded::new(numerator, denominator).map(|quotient| Self(Number::Bounded(quotient)));
        bounded.or_else(|| Self::from(numerator).checked_div(&Self::from(denominator)))
    }

    /// The equal [`Decimal`]; `None` when the expansion does not end, or not within 76 digits.
    pub fn to_decimal(&self) -> Option<Decimal> {
        match &self.0 {
            Number::Bounded(bounded) => bounded.to_decimal(),
            Number::Large(large) => large::to_decimal(large),
        }
    }

    /// The nearest number with at most `scale` digits behind the point, ties to even. A quotient so large that
    /// 76 digits do not reach that far is rounded to as many places as they do reach; 0 beyond 76 whole digits.
    pub fn round_half_even(&self, scale: u32) -> Decimal {
        (0..=scale.min(Decimal::MAX_DIGITS))
            .rev()
            .find_map(|places| self.checked_round_half_even(places))
            .unwrap_or_default()
    }

    /// The nearest number with at most `scale` digits behind the point, ties to even; `None` when, written with
    /// all of these digits, it has more than 76.
    pub fn checked_round_half_even(&self, scale: u32) -> Option<Decimal> {
        match &self.0 {
            Number::Bounded(bounded) => bounded.checked_round_half_even(scale),
            Number::Large(large) => large::round_half_even(large, scale),
        }
    }

    /// The nearest binary floating point number, for statistics and charts only.
    pub fn to_f64(&self) -> f64 {
        match self.to_decimal() {
            Some(decimal) => decimal.to_f64(),
            None => self.to_large().to_f64().value(),
        }
    }

    /// A numerator and its positive denominator, not always in lowest terms; `None` when they do not fit into 128 bits.
    pub fn terms(&self) -> Option<(i128, i128)> {
        match &self.0 {
            Number::Bounded(bounded) => bounded.terms(),
            Number::Large(_) => None,
        }
    }

    /// The largest integer that is not above the value; `None` beyond 128 bits.
    pub fn floor(&self) -> Option<i128> {
        i128::try_from(self.to_large().floor()).ok()
    }

    /// Whether the value is 0.
    pub fn is_zero(&self) -> bool {
        self.signum() == 0
    }

    /// Whether the value is below 0.
    pub fn is_negative(&self) -> bool {
        self.signum() < 0
    }

    /// Whether the value is above 0.
    pub fn is_positive(&self) -> bool {
        self.signum() > 0
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i32 {
        match &self.0 {
            Number::Bounded(bounded) => bounded.signum(),
            Number::Large(large) => large::signum(large),
        }
    }

    /// The value without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.is_negative() { -self } else { self }
    }

    /// The value as big integers.
    fn to_large(&self) -> RBig {
        match &self.0 {
            Number::Bounded(bounded) => large::from_lowest_terms(bounded.lowest_terms()),
            Number::Large(large) => large.as_ref().clone(),
        }
    }

    fn from_large(number: RBig) -> Self {
        let bounded = large::to_lowest_terms(&number).and_then(bounded::LowestTerms::to_bounded);
        // A decimal of 76 places is bounded too, although its denominator, ten to the 76, has a digit more.
        match bounded.or_else(|| large::to_decimal(&number).map(Bounded::from)) {
            Some(bounded) => Self(Number::Bounded(bounded)),
            None => Self(Number::Large(Box::new(number))),
        }
    }
}

impl Default for Fraction {
    fn default() -> Self {
        Self::ZERO
    }
}

impl From<Decimal> for Fraction {
    fn from(number: Decimal) -> Self {
        Self(Number::Bounded(Bounded::from(number)))
    }
}

impl From<i64> for Fraction {
    fn from(number: i64) -> Self {
        Self::from(Decimal::from(number))
    }
}
