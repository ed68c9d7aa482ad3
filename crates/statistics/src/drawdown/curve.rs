//! The falls of a curve that is given by its steps.

use ledger::Fraction;

use crate::amounts::Number;

/// One stretch of a curve below a peak. Points count from 0, the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fall {
    /// Peak minus lowest value, above 0.
    pub(crate) amount: Fraction,
    /// The last point at the peak.
    pub(crate) peak: usize,
    /// The first point at the lowest value.
    pub(crate) lowest: usize,
    /// The first point back at the peak, if the curve got there.
    pub(crate) recovery: Option<usize>,
}

/// What is to be told of all falls of a curve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Falls {
    /// The first of the deepest ones; `None` when the curve never fell.
    pub(crate) deepest: Option<Fall>,
    /// The largest share of its peak that a fall came to; 0 when no peak was above 0.
    pub(crate) share: Fraction,
    /// Steps of the longest one, from the peak to the recovery, that point included, or to the end.
    pub(crate) longest: usize,
}

/// A fall in the numbers of the column.
#[derive(Clone, Default)]
struct Stretch<N> {
    peak: N,
    lowest: N,
    peak_at: usize,
    lowest_at: usize,
    recovery: Option<usize>,
}

struct Search<'a, N> {
    base: &'a Fraction,
    unit: i128,
    near_base: f64,
    deepest: Option<(N, Stretch<N>)>,
    steepest: Option<(f64, Stretch<N>)>,
    longest: usize,
}

/// The falls of the curve that begins at `base` and goes up by these steps.
pub(crate) fn falls<N: Number>(steps: &[N], unit: i128, base: &Fraction) -> Falls {
    let near_base = base.to_f64() * unit.approximate();
    let mut search = Search { base, unit, near_base, deepest: None, steepest: None, longest: 0 };
    let (mut value, mut current) = (N::default(), Stretch::default());
    for (index, step) in steps.iter().enumerate() {
        value += step;
        if value < current.peak {
            if value < current.lowest {
                (current.lowest, current.lowest_at) = (value.clone(), index + 1);
            }
            continue;
        }
        if current.lowest < current.peak {
            current.recovery = Some(index + 1);
            search.consider(current, index + 1);
        }
        let (peak, at) = (value.clone(), index + 1);
        current = Stretch { lowest: peak.clone(), peak, peak_at: at, lowest_at: at, recovery: None };
    }
    search.consider(current, steps.len());
    search.found()
}

impl<N: Number> Search<'_, N> {
    fn consider(&mut self, stretch: Stretch<N>, end: usize) {
        let amount = stretch.peak.clone() - &stretch.lowest;
        if amount == N::default() {
            return;
        }
        self.longest = self.longest.max(end - stretch.peak_at);
        let share = amount.approximate() / (self.near_base + stretch.peak.approximate());
        if self.is_steepest(&stretch, share) {
            self.steepest = Some((share, stretch.clone()));
        }
        if self.deepest.as_ref().is_none_or(|(deepest, _)| amount > *deepest) {
            self.deepest = Some((amount, stretch));
        }
    }

    /// Whether the fall is a larger share of a peak above 0 than any before. Sixteen digits tell, but for near ties.
    fn is_steepest(&self, stretch: &Stretch<N>, share: f64) -> bool {
        const NEAR: f64 = 1e-9;
        let Some((best, steepest)) = &self.steepest else { return self.share(stretch).is_positive() };
        if (share - best).abs() > NEAR * best {
            return share > *best && self.share(stretch).is_positive();
        }
        self.share(stretch) > self.share(steepest)
    }

    /// The fall as a share of its peak; 0 when the peak is not above 0.
    fn share(&self, stretch: &Stretch<N>) -> Fraction {
        let peak = self.base + stretch.peak.exact(self.unit);
        let amount = (stretch.peak.clone() - &stretch.lowest).exact(self.unit);
        if peak.is_positive() { amount.checked_div(&peak).unwrap_or_default() } else { Fraction::ZERO }
    }

    fn found(self) -> Falls {
        let share = self.steepest.as_ref().map(|(_, stretch)| self.share(stretch)).unwrap_or_default();
        let unit = self.unit;
        let fall = |(amount, stretch): (N, Stretch<N>)| Fall {
            amount: amount.exact(unit),
            peak: stretch.peak_at,
            lowest: stretch.lowest_at,
            recovery: stretch.recovery,
        };
        Falls { deepest: self.deepest.map(fall), share, longest: self.longest }
    }
}

#[cfg(test)]
mod tests {
    use ledger::Fraction;

    use super::falls;

    #[test]
    fn the_deepest_the_steepest_and_the_longest_fall_are_three() {
        // 100, 60 (40 %), 100, 1100, 1000 (100), 1050, 1100, 1099
        let falls = falls(&[-40_i64, 40, 1000, -100, 50, 50, -1], 1, &Fraction::from(100));

        let deepest = falls.deepest.unwrap();
        assert_eq!((deepest.amount.to_string(), deepest.peak, deepest.lowest), ("100".to_owned(), 3, 4));
        assert_eq!((deepest.recovery, falls.longest), (Some(6), 3));
        assert_eq!(falls.share.to_string(), "0.4");
    }

    #[test]
    fn near_ties_are_told_apart() {
        // 1/3 and a little less, a little more.
        for (second, expected) in [(-333_333_333_333_333, "1/3"), (-333_333_333_333_334, "0.333333333333334")]
        {
            let steps = [-1_i64, 1, 999_999_999_999_997, second];
            let found = falls(&steps, 1, &Fraction::from(3));
            assert_eq!(found.share.to_string(), expected);
        }
    }

    #[test]
    fn a_peak_at_zero_or_below_has_no_share() {
        let falls = falls(&[-10_i64, -5], 1, &Fraction::ZERO);

        assert_eq!(
            (falls.deepest.unwrap().amount.to_string(), falls.share),
            ("15".to_owned(), Fraction::ZERO)
        );
        assert_eq!(falls.longest, 2);
    }
}
