//! Exact addition, subtraction and multiplication.

use std::cmp::Ordering;
use std::ops::Neg;

use ethnum::I256;

use super::Decimal;
use crate::wide;

impl Decimal {
    /// The exact sum; `None` when it has more than 76 digits.
    #[inline]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if let Some((left, right, scale)) = self.narrow_pair(other)
            && let Some(sum) = left.checked_add(right)
        {
            return Some(Self { mantissa: I256::new(sum), scale });
        }
        self.add_wide(other)
    }

    /// The exact difference; `None` when it has more than 76 digits.
    #[inline]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }

    /// The exact product; `None` when it has more than 76 digits.
    #[inline]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let scale = self.scale + other.scale;
        if scale <= Self::MAX_DIGITS
            && let (Some(left), Some(right)) = (wide::narrow(self.mantissa), wide::narrow(other.mantissa))
            && let Some(product) = wide::narrow_product(left, right)
        {
            return Some(Self { mantissa: I256::new(product), scale });
        }
        self.multiply_wide(other)
    }

    /// The exact sum of all the numbers, 0 for none; `None` when it, or a sum on the way, has more than 76 digits.
    pub fn checked_sum(numbers: impl IntoIterator<Item = Self>) -> Option<Self> {
        numbers.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Both mantissas at the larger of the two scales, if 128 bits hold them.
    #[inline]
    pub(super) fn narrow_pair(self, other: Self) -> Option<(i128, i128, u32)> {
        let (left, right) = (wide::narrow(self.mantissa)?, wide::narrow(other.mantissa)?);
        match self.scale.cmp(&other.scale) {
            Ordering::Equal => Some((left, right, self.scale)),
            Ordering::Less => {
                let power = wide::narrow_power_of_ten(other.scale - self.scale)?;
                Some((wide::narrow_product(left, power)?, right, other.scale))
            }
            Ordering::Greater => {
                let power = wide::narrow_power_of_ten(self.scale - other.scale)?;
                Some((left, wide::narrow_product(right, power)?, self.scale))
            }
        }
    }

    #[cold]
    fn add_wide(self, other: Self) -> Option<Self> {
        // Zeros at the end may be all that does not fit.
        self.add_aligned(other).or_else(|| self.trimmed().add_aligned(other.trimmed()))
    }

    fn add_aligned(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        // Two integers of at most 76 digits: their sum always fits into 256 bits.
        Self::from_parts(self.mantissa_at(scale)?.wrapping_add(other.mantissa_at(scale)?), scale)
    }

    #[cold]
    fn multiply_wide(self, other: Self) -> Option<Self> {
        self.multiply(other).or_else(|| self.trimmed().multiply(other.trimmed()))
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

impl Neg for Decimal {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self { mantissa: self.mantissa.wrapping_neg(), scale: self.scale }
    }
}
