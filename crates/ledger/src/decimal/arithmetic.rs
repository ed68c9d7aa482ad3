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
        let (left, right) = (self.trimmed(), other.trimmed());
        let scale = left.scale.max(right.scale);
        // 256 bits have room beyond 76 digits, for an operand that the other one brings back into range.
        let align = |number: Self| number.mantissa.checked_mul(wide::power_of_ten(scale - number.scale)?);
        Self::from_parts(align(left)?.checked_add(align(right)?)?, scale)
    }

    #[cold]
    fn multiply_wide(self, other: Self) -> Option<Self> {
        if self.is_zero() || other.is_zero() {
            return Some(Self::ZERO);
        }
        let (mut left, mut right) = (self.mantissa, other.mantissa);
        let scale = self.scale + other.scale;
        let often =
            |prime| strike(&mut left.clone(), prime, scale) + strike(&mut right.clone(), prime, scale);
        // A zero at the end of the product is a two and a five among its factors: out, before they take up room.
        let zeros = scale.min(often(2)).min(often(5));
        for prime in [2, 5] {
            let struck = strike(&mut left, prime, zeros);
            strike(&mut right, prime, zeros - struck);
        }
        Self::from_parts(wide::multiply(left, right)?, scale - zeros)
    }

    /// The mantissa that this value has with `scale` places, which must not be fewer than its own.
    pub(crate) fn mantissa_at(self, scale: u32) -> Option<I256> {
        match scale.checked_sub(self.scale)? {
            0 => Some(self.mantissa),
            more => wide::multiply(self.mantissa, wide::power_of_ten(more)?),
        }
    }
}

/// Divides by the prime as often as that leaves an integer, but no more than `most` times; tells how often.
fn strike(number: &mut I256, prime: i128, most: u32) -> u32 {
    let mut struck = 0;
    while struck < most {
        let (quotient, rest) = number.div_rem(I256::new(prime));
        if rest != 0 {
            break;
        }
        *number = quotient;
        struck += 1;
    }
    struck
}

impl Neg for Decimal {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self { mantissa: self.mantissa.wrapping_neg(), scale: self.scale }
    }
}
