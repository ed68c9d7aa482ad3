//! How often results of each size came up.

use ledger::{Decimal, Fraction};

use crate::amounts::Amounts;
use crate::quantile::type_7;
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;

/// The most bins there are.
const MOST: f64 = 200.0;

/// How wide bins are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bins {
    /// As wide as the spread and the number of results suggest.
    #[default]
    FreedmanDiaconis,
    /// About so many.
    About(u32),
}

/// Results from one edge up to, and without, the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bin {
    /// The lower edge, which belongs to the bin.
    pub from: Fraction,
    /// The upper edge, which belongs to the next one.
    pub to: Fraction,
    /// Results between them.
    pub count: u64,
}

crate::catalogue::metric! {
    const DISTRIBUTION = {
        id: "distribution",
        name: "Distribution",
        unit: "count",
        formula: "results with k x width <= result < (k + 1) x width; width = 2 x interquartile range / n^(1/3), rounded up to 1, 2 or 5 x 10^j",
        edges: "0 is always an edge, so that no bin holds wins and losses. Counts add up to n. Without a spread of the middle half a tenth of the range, and never more than 200 bins. Null with `no-trades`.",
        source: "Freedman and Diaconis, On the histogram as a density estimator, 1981",
    };
    /// Of money or of R-multiples. The bins follow one another without a gap.
    pub fn distribution(results: &Amounts, bins: Bins) -> Metric<Vec<Bin>> {
        let mut sorted: Vec<Fraction> = results.iter().collect();
        sorted.sort_unstable();
        let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else { return Err(Undefined::NoTrades) };
        let width = width(&sorted, (high - low).to_f64(), bins).ok_or(Undefined::TooManyDigits)?;
        let step = |result: &Fraction| result.checked_div(&width).and_then(|steps| steps.floor());
        let (first, last) = step(low).zip(step(high)).ok_or(Undefined::TooManyDigits)?;
        let edge = |step: i128| &width * Fraction::from(Decimal::from_scaled(step, 0).unwrap_or_default());
        let below = |edge: &Fraction| sorted.partition_point(|result| result < edge);
        Ok((first..=last)
            .map(|step| {
                let (from, to) = (edge(step), edge(step + 1));
                let count = u64::try_from(below(&to) - below(&from)).unwrap_or(u64::MAX);
                Bin { from, to, count }
            })
            .collect())
    }
}

fn width(sorted: &[Fraction], range: f64, bins: Bins) -> Option<Fraction> {
    let count = approximate(u64::try_from(sorted.len()).ok()?);
    let wanted = match bins {
        Bins::About(bins) => range / f64::from(bins.max(1)),
        Bins::FreedmanDiaconis => {
            let quartile = |part| type_7(sorted.len(), [part, 4], |index| sorted.get(index).cloned());
            let middle = (quartile(3)? - quartile(1)?).to_f64();
            if middle > 0.0 { 2.0 * middle / count.cbrt() } else { range / 10.0 }
        }
    };
    round_up(wanted.max(range / (MOST - 1.0)))
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below; 1 for nothing.
fn round_up(width: f64) -> Option<Fraction> {
    if width <= 0.0 {
        return Some(Fraction::from(1));
    }
    let ten = Fraction::from(10);
    let mut power = Fraction::from(1);
    while power.to_f64() > width {
        power = power.checked_div(&ten)?;
    }
    while power.to_f64() * 10.0 <= width {
        power = power * &ten;
    }
    let steps = [1, 2, 5, 10].map(|step| Fraction::from(step) * &power);
    // A width that is one of them but for its last digit stays.
    steps.into_iter().find(|step| step.to_f64() >= width * (1.0 - 1e-12))
}

#[cfg(test)]
mod tests {
    use ledger::Fraction;

    use super::round_up;

    #[test]
    fn widths_are_one_two_or_five() {
        for (width, expected) in [
            (0.03, "0.05"),
            (0.1, "0.1"),
            (1.0, "1"),
            (1.1, "2"),
            (2.01, "5"),
            (7.0, "10"),
            (250.0, "500"),
            (0.0, "1"),
        ] {
            assert_eq!(round_up(width), Some(expected.parse::<Fraction>().unwrap()), "{width}");
        }
    }
}
