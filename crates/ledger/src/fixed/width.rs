//! The two widths of the engine: 64-bit integers with 64-bit money, and 128-bit integers with 256-bit money.

use std::fmt::Debug;

use ethnum::I256;

use crate::wide;

/// An integer that holds quantities, prices and costs in the units of a book: `i64` or `i128`.
///
/// Every operation is exact or answers `None`.
pub trait Number: Copy + Ord + Debug + Default + Send + Sync + sealed::Arithmetic {
    /// What a quantity times a price is held in.
    type Money: Copy + Debug + Default + Eq + Send + Sync;

    /// The same integer in 256 bits.
    fn widen(self) -> I256;
    /// The same amount in 256 bits.
    fn widen_money(amount: Self::Money) -> I256;
}

pub(super) mod sealed {
    use super::Number;

    /// The arithmetic of one width.
    pub trait Arithmetic: Sized {
        /// 1.
        const ONE: Self;
        /// The integer, if this width holds it.
        fn narrowed(value: i128) -> Option<Self>;
        /// Whether it is 0.
        fn zero(self) -> bool;
        /// Whether it is below 0.
        fn negative(self) -> bool;
        /// The magnitude.
        fn magnitude(self) -> Option<Self>;
        /// The sum.
        fn plus(self, other: Self) -> Option<Self>;
        /// The difference.
        fn minus(self, other: Self) -> Option<Self>;
        /// The number of zeros at the end of its decimal text, at most `most`.
        fn trailing_zeros(self, most: u8) -> u8;
        /// `self * part / whole`, rounded half-even to a multiple of `10^exponent`.
        fn share(self, part: Self, whole: Self, exponent: u8) -> Option<Self>;
        /// The product as money.
        fn times(self, other: Self) -> Option<<Self as Number>::Money>
        where
            Self: Number;
        /// The sum of two amounts of money.
        fn add(
            left: <Self as Number>::Money,
            right: <Self as Number>::Money,
        ) -> Option<<Self as Number>::Money>
        where
            Self: Number;
        /// The difference of two amounts of money.
        fn subtract(
            left: <Self as Number>::Money,
            right: <Self as Number>::Money,
        ) -> Option<<Self as Number>::Money>
        where
            Self: Number;
        /// The amount times an integer.
        fn scale(amount: <Self as Number>::Money, factor: Self) -> Option<<Self as Number>::Money>
        where
            Self: Number;
    }
}

impl Number for i64 {
    type Money = Self;

    fn widen(self) -> I256 {
        I256::from(self)
    }

    fn widen_money(amount: Self) -> I256 {
        I256::from(amount)
    }
}

impl sealed::Arithmetic for i64 {
    const ONE: Self = 1;

    fn narrowed(value: i128) -> Option<Self> {
        Self::try_from(value).ok()
    }

    #[inline]
    fn zero(self) -> bool {
        self == 0
    }

    #[inline]
    fn negative(self) -> bool {
        self < 0
    }

    #[inline]
    fn magnitude(self) -> Option<Self> {
        self.checked_abs()
    }

    #[inline]
    fn plus(self, other: Self) -> Option<Self> {
        self.checked_add(other)
    }

    #[inline]
    fn minus(self, other: Self) -> Option<Self> {
        self.checked_sub(other)
    }

    fn trailing_zeros(self, most: u8) -> u8 {
        trailing_zeros(i128::from(self), most)
    }

    #[inline]
    fn share(self, part: Self, whole: Self, exponent: u8) -> Option<Self> {
        if exponent == 0
            && let Some(numerator) = self.unsigned_abs().checked_mul(part.unsigned_abs())
        {
            // The quotient is at most the cost itself, as no part is larger than the whole.
            let quotient = Self::try_from(half_even(numerator, whole.unsigned_abs())?).ok()?;
            return Some(if self < 0 { -quotient } else { quotient });
        }
        Self::narrowed(i128::from(self).share(i128::from(part), i128::from(whole), exponent)?)
    }

    #[inline]
    fn times(self, other: Self) -> Option<Self> {
        self.checked_mul(other)
    }

    #[inline]
    fn add(left: Self, right: Self) -> Option<Self> {
        left.checked_add(right)
    }

    #[inline]
    fn subtract(left: Self, right: Self) -> Option<Self> {
        left.checked_sub(right)
    }

    #[inline]
    fn scale(amount: Self, factor: Self) -> Option<Self> {
        amount.checked_mul(factor)
    }
}

impl Number for i128 {
    type Money = I256;

    fn widen(self) -> I256 {
        I256::new(self)
    }

    fn widen_money(amount: I256) -> I256 {
        amount
    }
}

impl sealed::Arithmetic for i128 {
    const ONE: Self = 1;

    fn narrowed(value: i128) -> Option<Self> {
        Some(value)
    }

    #[inline]
    fn zero(self) -> bool {
        self == 0
    }

    #[inline]
    fn negative(self) -> bool {
        self < 0
    }

    #[inline]
    fn magnitude(self) -> Option<Self> {
        self.checked_abs()
    }

    #[inline]
    fn plus(self, other: Self) -> Option<Self> {
        self.checked_add(other)
    }

    #[inline]
    fn minus(self, other: Self) -> Option<Self> {
        self.checked_sub(other)
    }

    fn trailing_zeros(self, most: u8) -> u8 {
        trailing_zeros(self, most)
    }

    #[inline]
    fn share(self, part: Self, whole: Self, exponent: u8) -> Option<Self> {
        let numerator = product(self, part);
        let step = wide::narrow_power_of_ten(u32::from(exponent))?;
        if exponent == 0
            && let Some(numerator) = wide::narrow(numerator)
        {
            return wide::narrow_quotient(numerator, whole);
        }
        let quotient = wide::divide_half_even(numerator, product(whole, step), 0)?;
        wide::narrow(quotient)?.checked_mul(step)
    }

    #[inline]
    fn times(self, other: Self) -> Option<I256> {
        bounded(product(self, other))
    }

    #[inline]
    fn add(left: I256, right: I256) -> Option<I256> {
        bounded(left.wrapping_add(right))
    }

    #[inline]
    fn subtract(left: I256, right: I256) -> Option<I256> {
        bounded(left.wrapping_sub(right))
    }

    #[inline]
    fn scale(amount: I256, factor: Self) -> Option<I256> {
        if factor == 1 { Some(amount) } else { bounded(amount.checked_mul(I256::new(factor))?) }
    }
}

/// The quotient rounded half to even; `None` for a zero divisor.
#[inline]
fn half_even(numerator: u64, denominator: u64) -> Option<u64> {
    let quotient = numerator.checked_div(denominator)?;
    let rest = numerator - quotient * denominator;
    let other = denominator - rest;
    let up = rest > other || (rest == other && quotient & 1 == 1);
    Some(quotient + u64::from(up))
}

/// The whole product: 127 bits times 127 bits always fit into 256.
#[inline]
fn product(left: i128, right: i128) -> I256 {
    let (low, high) = left.unsigned_abs().carrying_mul(right.unsigned_abs(), 0);
    let magnitude = I256::from_words(high.cast_signed(), low.cast_signed());
    if (left < 0) == (right < 0) { magnitude } else { magnitude.wrapping_neg() }
}

/// The amount, if it is below 2^252 in size: then it has at most 76 digits, and the sum of two does not wrap.
#[inline]
fn bounded(amount: I256) -> Option<I256> {
    const LIMIT: i128 = 1 << 124;
    let (high, _) = amount.into_words();
    (-LIMIT..LIMIT).contains(&high).then_some(amount)
}

fn trailing_zeros(mut value: i128, most: u8) -> u8 {
    let mut zeros = 0;
    while zeros < most && value % 10 == 0 {
        value /= 10;
        zeros += 1;
    }
    zeros
}
