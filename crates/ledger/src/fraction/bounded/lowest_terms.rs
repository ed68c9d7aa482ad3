//! The one pair of integers that every rational number has.

use ethnum::I256;

use super::Bounded;
use crate::Decimal;
use crate::wide;

/// `numerator / denominator` without a common divisor, the denominator positive.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::fraction) struct LowestTerms {
    pub(in crate::fraction) numerator: I256,
    pub(in crate::fraction) denominator: I256,
}

impl LowestTerms {
    /// Reduces a quotient of which the denominator is positive; `None` above 76 digits on either side.
    pub(in crate::fraction) fn of(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        let (numerator, denominator) = (numerator.trimmed(), denominator.trimmed());
        let mantissas = Self::reduce(numerator.mantissa(), denominator.mantissa());
        // The powers of ten of the two scales meet on one side of the line.
        let tens = |places: u32| wide::power_of_ten(places).unwrap_or(I256::ONE);
        let above = tens(denominator.places().saturating_sub(numerator.places()));
        let below = tens(numerator.places().saturating_sub(denominator.places()));
        let left = Self::reduce(mantissas.numerator, below);
        let right = Self::reduce(above, mantissas.denominator);
        Some(Self {
            numerator: wide::multiply(left.numerator, right.numerator)?,
            denominator: wide::multiply(left.denominator, right.denominator)?,
        })
    }

    /// Reduces the parts of a fraction, whose denominator has room for the places of its numerator.
    pub(in crate::fraction) fn vouched(numerator: Decimal, denominator: I256) -> Self {
        let places = wide::power_of_ten(numerator.places()).unwrap_or(I256::ONE);
        Self::reduce(numerator.mantissa(), denominator * places)
    }

    /// Divides both by their greatest common divisor; the denominator must be positive.
    pub(in crate::fraction) fn reduce(numerator: I256, denominator: I256) -> Self {
        let common = wide::greatest_common_divisor(numerator, denominator);
        Self { numerator: numerator / common, denominator: denominator / common }
    }

    /// The quotient, as a decimal over 1 where it can be.
    pub(in crate::fraction) fn to_bounded(self) -> Option<Bounded> {
        if let Some(decimal) = self.to_decimal() {
            return Some(Bounded::from(decimal));
        }
        Some(Bounded { numerator: Decimal::from_parts(self.numerator, 0)?, denominator: self.denominator })
    }

    /// The equal decimal, if the denominator has no other prime factor than 2 and 5 and the digits suffice.
    pub(in crate::fraction) fn to_decimal(self) -> Option<Decimal> {
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
