//! [`Twofold`]: floating point with about 31 digits, so that sixteen are left when a result has lost the rest.

mod accumulator;
mod exponential;

pub(crate) use accumulator::Accumulator;

use std::ops::{Add, Div, Mul, Neg, Sub};

use ledger::Fraction;

/// The unevaluated sum of two numbers, the second at most half a unit in the last place of the first.
///
/// Source: Dekker, "A floating-point technique for extending the available precision", 1971; Joldes, Muller and
/// Popescu, "Tight and rigorous error bounds for basic building blocks of double-word arithmetic", 2017.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Twofold {
    high: f64,
    low: f64,
}

/// Up to here every integer is a floating point number.
const EXACT: u64 = 1 << 53;

impl Twofold {
    pub(crate) const ZERO: Self = Self { high: 0.0, low: 0.0 };
    pub(crate) const ONE: Self = Self { high: 1.0, low: 0.0 };

    pub(crate) const fn new(value: f64) -> Self {
        Self { high: value, low: 0.0 }
    }

    /// A count, exactly.
    pub(crate) fn count(number: usize) -> Self {
        Self::from(i128::try_from(number).unwrap_or(i128::MAX))
    }

    pub(crate) const fn to_f64(self) -> f64 {
        if self.high.is_finite() { self.high + self.low } else { self.high }
    }

    pub(crate) const fn is_zero(self) -> bool {
        self.high == 0.0
    }

    pub(crate) const fn is_negative(self) -> bool {
        self.high < 0.0
    }

    pub(crate) fn abs(self) -> Self {
        if self.is_negative() { -self } else { self }
    }

    /// The smaller of two.
    pub(crate) fn min(self, other: Self) -> Self {
        if (self - other).is_negative() { self } else { other }
    }

    /// The larger of two.
    pub(crate) fn max(self, other: Self) -> Self {
        if (self - other).is_negative() { other } else { self }
    }

    /// The root of a number that is not negative.
    pub(crate) fn sqrt(self) -> Self {
        if self.high <= 0.0 {
            return Self::ZERO;
        }
        let root = self.high.sqrt();
        let rest = self - product(root, root);
        sum(root, rest.high / (2.0 * root))
    }

    #[inline]
    pub(crate) fn square(self) -> Self {
        let main = product(self.high, self.high);
        ordered_sum(main.high, main.low + 2.0 * self.high * self.low)
    }

    /// The quotient; at its fastest for two numbers that need no second part.
    #[inline]
    pub(crate) fn over(self, divisor: Self) -> Self {
        if self.low == 0.0 && divisor.low == 0.0 {
            let high = self.high / divisor.high;
            let back = product(high, divisor.high);
            return Self { high, low: ((self.high - back.high) - back.low) / divisor.high };
        }
        self / divisor
    }
}

/// The sum of two numbers and its rounding error.
#[inline]
fn sum(left: f64, right: f64) -> Twofold {
    let high = left + right;
    let other = high - left;
    Twofold { high, low: (left - (high - other)) + (right - other) }
}

/// The same, for a left one that is not smaller.
#[inline]
fn ordered_sum(left: f64, right: f64) -> Twofold {
    let high = left + right;
    Twofold { high, low: right - (high - left) }
}

/// The product of two numbers and its rounding error, without a fused multiplication: where the processor is not known
/// to have one, it is a call.
#[inline]
fn product(left: f64, right: f64) -> Twofold {
    let high = left * right;
    let ((left_front, left_rest), (right_front, right_rest)) = (halves(left), halves(right));
    let front = left_front * right_front - high;
    let low = (front + left_front * right_rest + left_rest * right_front) + left_rest * right_rest;
    Twofold { high, low }
}

/// The upper and the lower 26 bits of a number (Veltkamp 1968).
#[inline]
fn halves(number: f64) -> (f64, f64) {
    const FACTOR: f64 = 134_217_729.0;
    let scaled = FACTOR * number;
    let front = scaled - (scaled - number);
    (front, number - front)
}

impl Add for Twofold {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        let highs = sum(self.high, other.high);
        let lows = sum(self.low, other.low);
        let joined = ordered_sum(highs.high, highs.low + lows.high);
        ordered_sum(joined.high, joined.low + lows.low)
    }
}

impl Sub for Twofold {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Neg for Twofold {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }
}

impl Mul for Twofold {
    type Output = Self;

    #[inline]
    fn mul(self, other: Self) -> Self {
        let main = product(self.high, other.high);
        let cross = self.high * other.low + self.low * other.high;
        ordered_sum(main.high, main.low + cross)
    }
}

impl Div for Twofold {
    type Output = Self;

    #[inline]
    fn div(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self - other * Self::new(first);
        let second = rest.high / other.high;
        let rest = rest - other * Self::new(second);
        ordered_sum(first, second) + Self::new(rest.high / other.high)
    }
}

impl std::iter::Sum for Twofold {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, Add::add)
    }
}

impl From<i64> for Twofold {
    #[inline]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "the loss is the second part"
    )]
    fn from(number: i64) -> Self {
        let high = number as f64;
        if number.unsigned_abs() <= EXACT {
            return Self::new(high);
        }
        Self { high, low: (i128::from(number) - high as i128) as f64 }
    }
}

impl From<i128> for Twofold {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "the loss is the second part"
    )]
    fn from(number: i128) -> Self {
        let high = number as f64;
        // The nearest number above the largest integer is none itself.
        Self { high, low: number.checked_sub(high as i128).unwrap_or_default() as f64 }
    }
}

impl From<&Fraction> for Twofold {
    fn from(number: &Fraction) -> Self {
        if let Some((above, below)) = number.terms() {
            return Self::from(above) / Self::from(below);
        }
        let high = number.to_f64();
        let rest = exact(high).map_or(0.0, |exact| (number - exact).to_f64());
        ordered_sum(high, rest)
    }
}

/// The number that a finite floating point number is.
fn exact(number: f64) -> Option<Fraction> {
    const MANTISSA_BITS: i32 = 52;
    let bits = number.abs().to_bits();
    let exponent =
        i32::try_from(bits >> MANTISSA_BITS).ok().filter(|exponent| (1..0x7ff).contains(exponent))?;
    let mantissa = i64::try_from(bits & ((1 << MANTISSA_BITS) - 1) | (1 << MANTISSA_BITS)).ok()?;
    let mantissa = Fraction::from(if number < 0.0 { -mantissa } else { mantissa });
    let places = exponent - 1023 - MANTISSA_BITS;
    let power = power_of_two(places.unsigned_abs());
    if places < 0 { mantissa.checked_div(&power) } else { Some(mantissa * power) }
}

fn power_of_two(exponent: u32) -> Fraction {
    const STEP: u32 = 62;
    let steps = (0..exponent / STEP).fold(Fraction::from(1), |power, _| power * Fraction::from(1 << STEP));
    steps * Fraction::from(1 << (exponent % STEP))
}

#[cfg(test)]
mod tests {
    use ledger::Fraction;

    use super::{Twofold, exact};

    fn fraction(text: &str) -> Fraction {
        text.parse().unwrap()
    }

    #[test]
    fn a_third_three_times_is_one_to_thirty_digits() {
        let third = Twofold::from(&fraction("1/3"));

        assert!((third + third + third - Twofold::ONE).abs().to_f64() < 1e-31);
        assert!((third.sqrt().square() - third).abs().to_f64() < 1e-31);
        assert!((third / third - Twofold::ONE).abs().to_f64() < 1e-31);
    }

    #[test]
    fn a_size_has_no_sign() {
        for number in [-2.5, 2.5] {
            assert_eq!(Twofold::new(number).abs().to_f64().to_bits(), 2.5_f64.to_bits());
        }
        assert!(!Twofold::ZERO.abs().is_negative());
    }

    #[test]
    fn what_sixteen_digits_lose_is_kept() {
        let large = Twofold::from(123_456_789_012_345_678_901_234_567_i128);
        let small = Twofold::from(123_456_789_012_345_678_901_234_560_i128);

        assert_eq!((large - small).to_f64().to_bits(), 7.0_f64.to_bits());
        let wide = Twofold::from(i64::MAX) - Twofold::from(i64::MAX - 1);
        assert_eq!(wide.to_f64().to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn fractions_of_any_size_are_near() {
        let huge = format!("1{}1/3{}", "0".repeat(119), "0".repeat(120));

        let near = Twofold::from(&fraction(&huge));

        assert!((near * Twofold::new(3.0) - Twofold::ONE).abs().to_f64() < 1e-31);
    }

    #[test]
    fn a_floating_point_number_is_a_fraction() {
        for number in [1.0, -0.1, 1e300, 1.5e-300, 3.25] {
            assert_eq!(exact(number).unwrap().to_f64().to_bits(), f64::to_bits(number));
        }
        assert_eq!(exact(f64::INFINITY), None);
    }
}
