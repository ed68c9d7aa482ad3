//! Exact addition, subtraction and multiplication.

use std::ops::Neg;

use ethnum::I256;

use super::Decimal;
use crate::wide;

impl Decimal {
    /// The exact sum; `None` when it has more than 76 digits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.scale == other.scale {
            return Self::from_parts(add(self.mantissa, other.mantissa), self.scale);
        }
        // Zeros at the end may be all that does not fit.
        self.add_aligned(other).or_else(|| self.trimmed().add_aligned(other.trimmed()))
    }

    /// The exact difference; `None` when it has more than 76 digits.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }

    /// The exact product; `None` when it has more than 76 digits.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        self.multiply(other).or_else(|| self.trimmed().multiply(other.trimmed()))
    }

    /// The exact sum of all the numbers, 0 for none; `None` when it, or a sum on the way, has more than 76 digits.
    pub fn checked_sum(numbers: impl IntoIterator<Item = Self>) -> Option<Self> {
        numbers.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    fn add_aligned(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::from_parts(add(self.mantissa_at(scale)?, other.mantissa_at(scale)?), scale)
    }

    fn multiply(self, other: Self) -> Option<Self> {
        Self::from_parts(wide::multiply(self.mantissa, other.mantissa)?, self.scale + other.scale)
    }

    /// The mantissa that this value has with `scale` places, which must not be fewer than its own.
    pub(crate) fn mantissa_at(self, scale: u32) -> Option<I256> {
        match scale.checked_sub(self.scale)? {
            0 => Some(self.mantissa),
            more => wide::multiply(self.mantissa, wide::power_of_ten(more)?),
        }
    }
}

/// The sum of two integers of at most 76 digits, which always fits into 256 bits.
fn add(left: I256, right: I256) -> I256 {
    if let (Some(left), Some(right)) = (wide::narrow(left), wide::narrow(right))
        && let Some(sum) = left.checked_add(right)
    {
        return I256::new(sum);
    }
    left.wrapping_add(right)
}

impl Neg for Decimal {
    type Output = Self;

    fn neg(self) -> Self {
        Self { mantissa: self.mantissa.wrapping_neg(), scale: self.scale }
    }
}
