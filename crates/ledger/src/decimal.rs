//! [`Decimal`]: a number with a finite decimal expansion, held exactly.

mod arithmetic;
mod comparison;
mod parsing;
mod printing;
mod rounding;

use ethnum::I256;

use crate::wide;

pub use parsing::ParseDecimalError;

/// An exact decimal number: an integer of at most 76 digits divided by a power of ten of at most 76.
///
/// Equal numbers are equal and hash alike, however many zeros they were written with. Arithmetic is exact or
/// answers `None`; rounding happens only where a name says so, half to even. While a mantissa fits into
/// 128 bits the arithmetic is 128 bits wide.
#[derive(Clone, Copy, Default)]
pub struct Decimal {
    mantissa: I256,
    scale: u32,
}

impl Decimal {
    /// 0.
    pub const ZERO: Self = Self { mantissa: I256::ZERO, scale: 0 };
    /// 1.
    pub const ONE: Self = Self { mantissa: I256::ONE, scale: 0 };
    /// The most digits a number may have, and the most of them behind the point.
    pub const MAX_DIGITS: u32 = wide::DIGITS;

    /// `mantissa / 10^scale`; `None` when more than 76 digits would be behind the point.
    #[inline]
    pub fn from_scaled(mantissa: i128, scale: u32) -> Option<Self> {
        // 128 bits hold fewer than 76 digits.
        if scale <= Self::MAX_DIGITS {
            return Some(Self { mantissa: I256::new(mantissa), scale });
        }
        Self::from_parts(I256::new(mantissa), scale)
    }

    /// `mantissa / 10^scale`, if both are in range (after dropping zeros at the end, when that is what it takes).
    pub(crate) fn from_parts(mantissa: I256, scale: u32) -> Option<Self> {
        let fits =
            |number: &Self| number.scale <= Self::MAX_DIGITS && wide::bounded(number.mantissa).is_some();
        let number = Self { mantissa, scale };
        Some(number).filter(fits).or_else(|| Some(number.trimmed()).filter(fits))
    }

    /// The integer that is divided by `10^places`.
    pub(crate) const fn mantissa(&self) -> I256 {
        self.mantissa
    }

    /// How many digits the mantissa holds behind the point, zeros at the end included.
    pub(crate) const fn places(&self) -> u32 {
        self.scale
    }

    /// The number of digits behind the point that the value needs: 2 for 1.25 and for 1.250, 0 for 100.
    #[inline]
    pub fn scale(&self) -> u32 {
        self.trimmed().scale
    }

    /// Whether the value is 0.
    #[inline]
    pub fn is_zero(&self) -> bool {
        self.mantissa == I256::ZERO
    }

    /// Whether the value is below 0.
    #[inline]
    pub const fn is_negative(&self) -> bool {
        self.mantissa.is_negative()
    }

    /// Whether the value is above 0.
    #[inline]
    pub const fn is_positive(&self) -> bool {
        self.mantissa.is_positive()
    }

    /// -1, 0 or 1.
    pub const fn signum(&self) -> i32 {
        self.mantissa.signum().as_i32()
    }

    /// The value without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { mantissa: self.mantissa.abs(), scale: self.scale }
    }

    /// The same value without zeros at the end of its fraction.
    pub(crate) fn trimmed(mut self) -> Self {
        if self.is_zero() {
            return Self::ZERO;
        }
        while self.scale > 0 {
            let Some(shorter) = tenth(self.mantissa) else { break };
            self.mantissa = shorter;
            self.scale -= 1;
        }
        self
    }
}

/// A tenth of the integer, if that is an integer.
fn tenth(mantissa: I256) -> Option<I256> {
    let (_, low) = mantissa.into_words();
    if low & 1 == 1 {
        return None;
    }
    if let Some(narrow) = wide::narrow(mantissa) {
        if let Ok(short) = i64::try_from(narrow) {
            return (short % 10 == 0).then(|| I256::from(short / 10));
        }
        return (narrow % 10 == 0).then(|| I256::new(narrow / 10));
    }
    let (quotient, rest) = mantissa.div_rem(I256::new(10));
    (rest == 0).then_some(quotient)
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self { mantissa: I256::from(value), scale: 0 }
    }
}
