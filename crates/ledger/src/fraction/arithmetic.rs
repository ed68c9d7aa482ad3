//! Exact arithmetic: 76 digits while they suffice, big integers beyond.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use dashu_ratio::RBig;

use super::bounded::Bounded;
use super::{Fraction, Number};

impl Fraction {
    /// The exact quotient; `None` when the divisor is 0.
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        Some(self.combine(divisor, Bounded::checked_div, |left, right| left / right))
    }

    fn combine(
        &self,
        other: &Self,
        bounded: impl FnOnce(&Bounded, &Bounded) -> Option<Bounded>,
        large: impl FnOnce(RBig, RBig) -> RBig,
    ) -> Self {
        if let (Number::Bounded(left), Number::Bounded(right)) = (&self.0, &other.0)
            && let Some(result) = bounded(left, right)
        {
            return Self(Number::Bounded(result));
        }
        Self::from_large(large(self.to_large(), other.to_large()))
    }
}

impl Add<&Fraction> for &Fraction {
    type Output = Fraction;

    fn add(self, other: &Fraction) -> Fraction {
        self.combine(other, |left, right| left.checked_add(*right), |left, right| left + right)
    }
}

impl Sub<&Fraction> for &Fraction {
    type Output = Fraction;

    fn sub(self, other: &Fraction) -> Fraction {
        self.combine(other, |left, right| left.checked_sub(*right), |left, right| left - right)
    }
}

impl Mul<&Fraction> for &Fraction {
    type Output = Fraction;

    fn mul(self, other: &Fraction) -> Fraction {
        self.combine(other, Bounded::checked_mul, |left, right| left * right)
    }
}

impl Neg for Fraction {
    type Output = Self;

    fn neg(self) -> Self {
        match self.0 {
            Number::Bounded(bounded) => Self(Number::Bounded(-bounded)),
            Number::Large(large) => Self(Number::Large(Box::new(-*large))),
        }
    }
}

impl Neg for &Fraction {
    type Output = Fraction;

    fn neg(self) -> Fraction {
        -self.clone()
    }
}

/// The other three ways to write an operation on values and references.
macro_rules! forward {
    ($($operation:ident $method:ident),+) => {$(
        impl $operation for Fraction {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                $operation::$method(&self, &other)
            }
        }

        impl $operation<&Self> for Fraction {
            type Output = Self;

            fn $method(self, other: &Self) -> Self {
                $operation::$method(&self, other)
            }
        }

        impl $operation<Fraction> for &Fraction {
            type Output = Fraction;

            fn $method(self, other: Fraction) -> Fraction {
                $operation::$method(self, &other)
            }
        }
    )+};
}

forward!(Add add, Sub sub, Mul mul);

impl AddAssign<&Self> for Fraction {
    fn add_assign(&mut self, other: &Self) {
        if let (Number::Bounded(sum), Number::Bounded(term)) = (&mut self.0, &other.0)
            && sum.accumulate(term).is_some()
        {
            return;
        }
        *self = &*self + other;
    }
}

impl AddAssign for Fraction {
    fn add_assign(&mut self, other: Self) {
        *self += &other;
    }
}

impl SubAssign<&Self> for Fraction {
    fn sub_assign(&mut self, other: &Self) {
        *self = &*self - other;
    }
}

impl SubAssign for Fraction {
    fn sub_assign(&mut self, other: Self) {
        *self -= &other;
    }
}

impl Sum for Fraction {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, |mut sum, number| {
            sum += &number;
            sum
        })
    }
}

impl<'a> Sum<&'a Self> for Fraction {
    fn sum<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, |mut sum, number| {
            sum += number;
            sum
        })
    }
}
