//! Where digits may be lost: rounding, division and conversion to binary floating point.

use ethnum::I256;

use super::Decimal;
use crate::wide;

impl Decimal {
    /// The nearest number with at most `scale` digits behind the point; of two equally near ones the even one
    /// (2.345 to 2 places is 2.34).
    #[must_use]
    pub fn round_half_even(self, scale: u32) -> Self {
        match self.scale.checked_sub(scale) {
            None | Some(0) => self,
            Some(surplus) => Self { mantissa: wide::drop_digits(self.mantissa, surplus), scale },
        }
    }

    /// The quotient rounded half-even to `scale` digits behind the point; `None` when the divisor is 0 or the
    /// result, written with all of these digits, has more than 76.
    #[inline]
    pub fn checked_div_rounded(self, divisor: Self, scale: u32) -> Option<Self> {
        self.divide_narrow(divisor, scale).or_else(|| {
            let places = i64::from(scale) + i64::from(divisor.scale) - i64::from(self.scale);
            Self::from_parts(wide::divide_half_even(self.mantissa, divisor.mantissa, places)?, scale)
        })
    }

    /// The same where 128 bits hold everything on the way.
    #[inline]
    fn divide_narrow(self, divisor: Self, scale: u32) -> Option<Self> {
        if scale > Self::MAX_DIGITS {
            return None;
        }
        let power = wide::narrow_power_of_ten((scale + divisor.scale).checked_sub(self.scale)?)?;
        let numerator = wide::narrow_product(wide::narrow(self.mantissa)?, power)?;
        let quotient = wide::narrow_quotient(numerator, wide::narrow(divisor.mantissa)?)?;
        Some(Self { mantissa: I256::new(quotient), scale })
    }

    /// The nearest binary floating point number, for statistics and charts only: most decimals have none that is
    /// equal, and money is never computed with it.
    pub fn to_f64(self) -> f64 {
        // The standard parser rounds the decimal text correctly; an exact decimal text always parses.
        self.to_string().parse().unwrap_or(f64::NAN)
    }
}
