//! Welch's t-test: how far two means may be apart by luck, without resampling.

use ledger::Fraction;

use crate::amounts::Number;
use crate::dispersion::Spread;
use crate::luck::upper_tail;
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;

/// What the test says about a difference of means.
pub(super) struct Welch {
    /// The 95 % interval of the difference, lower end first.
    pub(super) interval: [f64; 2],
    /// Two-sided.
    pub(super) p: f64,
}

impl Welch {
    pub(super) fn of<N: Number>(a: &[N], b: &[N], unit: i128, difference: &Fraction) -> Metric<Self> {
        let (of_a, of_b) = (Share::of(a, unit)?, Share::of(b, unit)?);
        let both = of_a.variance + of_b.variance;
        if both <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        // Satterthwaite 1946.
        let freedom = both * both / (of_a.for_freedom() + of_b.for_freedom());
        let (difference, error) = (difference.to_f64(), both.sqrt());
        let reach = critical(freedom) * error;
        Ok(Self {
            interval: [difference - reach, difference + reach],
            p: (2.0 * upper_tail(difference.abs() / error, freedom)).min(1.0),
        })
    }
}

/// What one set adds to the variance of the difference.
struct Share {
    variance: f64,
    /// n - 1.
    rest: f64,
}

impl Share {
    fn of<N: Number>(values: &[N], unit: i128) -> Metric<Self> {
        let deviation = Spread::of(values, unit).deviation?;
        let count = u64::try_from(values.len()).unwrap_or(u64::MAX);
        Ok(Self { variance: deviation * deviation / approximate(count), rest: approximate(count - 1) })
    }

    fn for_freedom(&self) -> f64 {
        self.variance * self.variance / self.rest
    }
}

/// The 97.5 % quantile of Student's t with at least one degree of freedom, by halving.
fn critical(freedom: f64) -> f64 {
    let (mut low, mut high) = (1.0, 13.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if upper_tail(middle, freedom) > 0.025 { low = middle } else { high = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::critical;

    #[test]
    fn critical_values_are_those_of_a_table() {
        for (freedom, value) in [(1.0, 12.706_205), (10.0, 2.228_139), (1e6, 1.959_966)] {
            assert!((critical(freedom) - value).abs() < 1e-6, "{freedom}");
        }
    }
}
