//! The two widths of the engine: 64-bit integers with 64-bit money, and 128-bit integers with 256-bit money.

mod narrow;
mod wide;

use std::fmt::Debug;

use ethnum::I256;

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
        fn times(self, other: Self) -> Option<Money<Self>>
        where
            Self: Number;
        /// The sum of two amounts of money.
        fn add(left: Money<Self>, right: Money<Self>) -> Option<Money<Self>>
        where
            Self: Number;
        /// The difference of two amounts of money.
        fn subtract(left: Money<Self>, right: Money<Self>) -> Option<Money<Self>>
        where
            Self: Number;
        /// The amount times an integer.
        fn scale(amount: Money<Self>, factor: Self) -> Option<Money<Self>>
        where
            Self: Number;
    }

    type Money<N> = <N as Number>::Money;
}

/// What both widths do alike.
macro_rules! checked_integer {
    () => {
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

        fn trailing_zeros(mut self, most: u8) -> u8 {
            let mut zeros = 0;
            while zeros < most && self % 10 == 0 {
                self /= 10;
                zeros += 1;
            }
            zeros
        }
    };
}

use checked_integer;
