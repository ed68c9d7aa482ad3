//! Student's t-test of a mean against zero.

use crate::catalogue::metric;
use crate::dispersion;
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;

metric! {
    const P = {
        id: "p_student",
        name: "p of Student's t-test",
        unit: "probability",
        formula: "P(T >= mean(x) sqrt(n) / sd(x)), T with n - 1 degrees of freedom",
        edges: "One-sided: the chance of a mean at least as high if the true mean were 0. It takes trades for independent, and for roughly normal when they are few. Null with `too-few-trades` below 2 and `zero-variance`.",
        source: "Student, The probable error of a mean, Biometrika 6, 1908",
    };
    pub fn mean_p(values: &[f64]) -> Metric<f64> {
        let deviation = spread(values)?;
        let count = u64::try_from(values.len()).unwrap_or(u64::MAX);
        let t = dispersion::system_quality(dispersion::mean(values), Ok(deviation), count)?;
        Ok(student_upper_tail(t, count - 1))
    }
}

/// The standard deviation of two or more values that are not all the same, whatever rounding makes of it.
pub(super) fn spread(values: &[f64]) -> Metric<f64> {
    let deviation = dispersion::of_numbers(values)?;
    let differ = values.windows(2).any(|pair| pair.first() != pair.last());
    if differ && deviation > 0.0 { Ok(deviation) } else { Err(Undefined::ZeroVariance) }
}

/// `P(T >= t)` for Student's t with this many degrees of freedom (probability); not a number without one.
pub fn student_upper_tail(t: f64, degrees: u64) -> f64 {
    upper_tail(t, approximate(degrees))
}

/// The same for degrees of freedom that need not be whole, as an approximation of them has it.
///
/// Half of the regularised incomplete beta function I(v / 2, 1 / 2) at v / (v + t^2), by its continued fraction
/// (NIST Digital Library of Mathematical Functions, 8.17.22), which keeps the digits of small tails.
pub(crate) fn upper_tail(t: f64, freedom: f64) -> f64 {
    if freedom <= 0.0 || t.is_nan() || freedom.is_nan() {
        return f64::NAN;
    }
    let half = freedom / 2.0;
    let inner = Point::of(freedom, t * t);
    // The fraction converges fast on one side of the mean only; the other side is the complement.
    let tail = if inner.y > 1.5 / (half + 2.5) {
        0.5 * incomplete_beta(half, 0.5, inner)
    } else {
        0.5 - 0.5 * incomplete_beta(0.5, half, inner.mirrored())
    };
    if t < 0.0 { 1.0 - tail } else { tail }
}

/// A number x between 0 and 1 and y = 1 - x, with their logarithms.
#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
    log_x: f64,
    log_y: f64,
}

impl Point {
    /// x = one / (one + other), without the cancellation of 1 - x.
    fn of(one: f64, other: f64) -> Self {
        let both = one + other;
        Self {
            x: one / both,
            y: other / both,
            log_x: -libm::log1p(other / one),
            log_y: -libm::log1p(one / other),
        }
    }

    const fn mirrored(self) -> Self {
        Self { x: self.y, y: self.x, log_x: self.log_y, log_y: self.log_x }
    }
}

/// I(a, b) at x, one of a and b being 1 / 2.
fn incomplete_beta(a: f64, b: f64, at: Point) -> f64 {
    if at.x <= 0.0 {
        return 0.0;
    }
    let front = libm::exp(a * at.log_x + b * at.log_y) / (a * beta_with_half(a.max(b)));
    front / continued_fraction(a, b, at.x)
}

/// B(a, 1 / 2) = gamma(a) sqrt(pi) / gamma(a + 1 / 2).
fn beta_with_half(a: f64) -> f64 {
    let root_of_pi = std::f64::consts::PI.sqrt();
    if a < 100.0 {
        return libm::tgamma(a) * root_of_pi / libm::tgamma(a + 0.5);
    }
    // gamma(a + 1 / 2) / gamma(a) in powers of 1 / a (DLMF 5.11.13).
    let powers = [-399.0 / 262_144.0, -21.0 / 32_768.0, 5.0 / 1024.0, 1.0 / 128.0, -1.0 / 8.0, 1.0];
    root_of_pi / (a.sqrt() * powers.iter().fold(0.0, |sum, power| sum / a + power))
}

/// 1 + d1 / (1 + d2 / (1 + ...)), by the modified method of Lentz (Thompson and Barnett, "Coulomb and Bessel functions
/// of complex arguments and order", 1986).
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    let (mut above, mut below, mut value) = (1.0_f64, 0.0_f64, 1.0_f64);
    for step in 1..STEPS {
        let m = approximate(step / 2);
        let term = if step % 2 == 0 {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        below = 1.0 / (1.0 + term * below);
        above = 1.0 + term / above;
        value *= above * below;
        if (above * below - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// Far more steps than the fraction takes on its fast side: about the square root of the larger parameter.
const STEPS: u64 = 10_000;
