//! How far results lie apart, and what a mean is worth against that.

use crate::amounts::{Number, total};
use crate::twofold::Twofold;
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;

/// The standard deviation of amounts as a sample (n - 1), and what their mean is worth against it.
pub(crate) struct Spread {
    /// In money.
    pub(crate) deviation: Metric<f64>,
    /// sqrt(n) x mean / deviation.
    pub(crate) quality: Metric<f64>,
}

impl Spread {
    pub(crate) fn of<N: Number>(values: &[N], unit: i128) -> Self {
        if values.len() < 2 {
            let reason =
                if values.is_empty() { Undefined::NoTrades } else { Undefined::TooFewTrades { needed: 2 } };
            return Self { deviation: Err(reason), quality: Err(reason) };
        }
        if values.iter().min() == values.iter().max() {
            return Self { deviation: Ok(0.0), quality: Err(Undefined::ZeroVariance) };
        }
        let (count, sum) = (Twofold::count(values.len()), total(values).twofold());
        let variance = squares(values, sum / count) / (count - Twofold::ONE);
        let deviation = variance.sqrt();
        Self {
            deviation: Ok((deviation / Twofold::from(unit)).to_f64()),
            quality: Ok((sum / deviation / count.sqrt()).to_f64()),
        }
    }
}

/// The sum of the squared distances from the mean.
fn squares<N: Number>(values: &[N], mean: Twofold) -> Twofold {
    if let Some((sum, squares)) = N::sum_of_squares(values).map(|squares| (total(values), squares)) {
        let all = Twofold::from(squares);
        let distances = all - sum.twofold() * mean;
        // Of 31 digits enough are left, unless almost all of them cancel.
        if distances.to_f64() > 1e-12 * all.to_f64() {
            return distances;
        }
    }
    values.iter().map(|value| (value.twofold() - mean).square()).sum()
}

/// The standard deviation of a sample (n - 1) of plain numbers.
pub(crate) fn of_numbers(values: &[f64]) -> Metric<f64> {
    let centre = mean(values);
    deviation(values.iter().map(|value| value - centre))
}

/// Root of the sum of squares over n - 1.
fn deviation(distances: impl ExactSizeIterator<Item = f64>) -> Metric<f64> {
    let freedom = distances.len().checked_sub(1).filter(|freedom| *freedom > 0);
    let freedom = freedom.ok_or(Undefined::TooFewTrades { needed: 2 })?;
    let squares = sum(distances.map(|distance| distance * distance));
    Ok((squares / approximate(u64::try_from(freedom).unwrap_or(u64::MAX))).sqrt())
}

/// sqrt(n) x mean / deviation.
pub(crate) fn system_quality(mean: f64, deviation: Metric<f64>, count: u64) -> Metric<f64> {
    match deviation? {
        0.0 => Err(Undefined::ZeroVariance),
        deviation => Ok(approximate(count).sqrt() * mean / deviation),
    }
}

/// The mean; not a number for no values.
pub(crate) fn mean(values: &[f64]) -> f64 {
    sum(values.iter().copied()) / length(values)
}

fn length(values: &[f64]) -> f64 {
    approximate(u64::try_from(values.len()).unwrap_or(u64::MAX))
}

/// The sum with the rounding errors kept and added at the end (Neumaier, "Rundungsfehleranalyse einiger Verfahren zur
/// Summation endlicher Summen", 1974), so that it does not get worse with the number of trades.
pub(crate) fn sum(values: impl Iterator<Item = f64>) -> f64 {
    let (total, lost) = values.fold((0.0_f64, 0.0), |(total, lost), value| {
        let next = total + value;
        let error = if total.abs() >= value.abs() { (total - next) + value } else { (value - next) + total };
        (next, lost + error)
    });
    total + lost
}

#[cfg(test)]
mod tests {
    use super::{of_numbers, sum, system_quality};
    use crate::undefined::Undefined;

    #[test]
    fn small_values_survive_beside_large_ones() {
        assert_eq!(sum([1.0, 1e100, 1.0, -1e100].into_iter()).to_bits(), 2.0_f64.to_bits());
    }

    #[test]
    fn one_number_has_no_deviation() {
        assert_eq!(of_numbers(&[1.0]), Err(Undefined::TooFewTrades { needed: 2 }));
        assert_eq!(of_numbers(&[]), Err(Undefined::TooFewTrades { needed: 2 }));
        assert_eq!(of_numbers(&[1.0, 3.0]), Ok(2.0_f64.sqrt()));
    }

    #[test]
    fn nothing_is_divided_by_a_deviation_of_zero() {
        assert_eq!(system_quality(1.0, Ok(0.0), 3), Err(Undefined::ZeroVariance));
    }
}
