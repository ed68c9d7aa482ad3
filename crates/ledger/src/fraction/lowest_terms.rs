//! The one pair of integers that every rational number has.

use std::fmt;

use ethnum::I256;

use crate::Decimal;
use crate::wide;

/// `numerator / denominator` without a common divisor, the denominator positive.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct LowestTerms {
    pub(super) numerator: I256,
    pub(super) denominator: I256,
}

impl LowestTerms {
    /// Reduces `numerator / denominator`; the caller vouches that the denominator is positive and has room for
    /// the places of the numerator.
    pub(super) fn of(numerator: Decimal, denominator: I256) -> Self {
        let places = wide::power_of_ten(numerator.places()).unwrap_or(I256::ONE);
        Self::reduce(numerator.mantissa(), denominator * places)
    }

    /// Divides both by their greatest common divisor; the denominator must be positive.
    pub(super) fn reduce(numerator: I256, denominator: I256) -> Self {
        let common = wide::greatest_common_divisor(numerator, denominator);
        Self { numerator: numerator / common, denominator: denominator / common }
    }

    /// The equal decimal, if the denominator has no other prime factor than 2 and 5 and the digits suffice.
    pub(super) fn to_decimal(self) -> Option<Decimal> {
        let twos = self.denominator.trailing_zeros();
        let (mut rest, mut fives) = (self.denominator >> twos, 0);
        while rest != 1 {
            let (quotient, remainder) = rest.div_rem(I256::new(5));
            if remainder != 0 {
                return None;
            }
            rest = quotient;
            fives += 1;
        }
        let places = twos.max(fives);
        let factor = wide::power_of_ten(places)? / self.denominator;
        Decimal::from_parts(wide::multiply(self.numerator, factor)?, places)
    }
}

impl fmt::Display for LowestTerms {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.numerator, self.denominator)
    }
}
