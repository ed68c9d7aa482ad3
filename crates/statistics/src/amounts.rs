//! [`Amounts`]: a column of exact amounts, as plain integers over one denominator where those hold them.

mod number;

use ledger::{Decimal, Fraction};

pub(crate) use number::Number;

/// Room for the weights of a quantile and for sums and differences of two totals.
const HEADROOM: i128 = 64;

/// Exact amounts in the order of the trades.
///
/// Loops over them add 64-bit integers while these hold every sum, 128-bit integers beyond, and exact fractions where
/// no common denominator of 128 bits exists.
#[derive(Debug, Clone)]
pub struct Amounts(pub(crate) Cells);

/// Each amount is its integer divided by the unit, which is above 0.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    Narrow { values: Vec<i64>, unit: i128 },
    Wide { values: Vec<i128>, unit: i128 },
    Exact(Vec<Fraction>),
}

/// Runs code on the values of a column, whatever their width: `over!(amounts, |values, unit| ...)` with `values` a
/// slice of some [`Number`].
macro_rules! over {
    ($amounts:expr, |$values:ident, $unit:ident| $body:expr) => {
        match &$amounts.0 {
            $crate::amounts::Cells::Narrow { values: $values, unit } => {
                let $unit = *unit;
                $body
            }
            $crate::amounts::Cells::Wide { values: $values, unit } => {
                let $unit = *unit;
                $body
            }
            $crate::amounts::Cells::Exact($values) => {
                let $unit = 1_i128;
                $body
            }
        }
    };
}
pub(crate) use over;

impl Amounts {
    /// Each value divided by ten to the power of `scale`, as fixed-point integers have it.
    ///
    /// A scale above 38 does not fit into 128 bits and makes a column of fractions.
    pub fn from_integers(values: Vec<i64>, scale: u32) -> Self {
        match 10_i128.checked_pow(scale) {
            Some(unit) if has_room(&values, i128::from(i64::MAX)) => Self(Cells::Narrow { values, unit }),
            _ => Self::from_wide_integers(values.into_iter().map(i128::from).collect(), scale),
        }
    }

    /// The same for integers of 128 bits.
    pub fn from_wide_integers(values: Vec<i128>, scale: u32) -> Self {
        match 10_i128.checked_pow(scale) {
            Some(unit) if has_room(&values, i128::MAX) => Self::over_unit(values, unit),
            _ => Self(Cells::Exact(values.into_iter().map(|value| scaled(value, scale)).collect())),
        }
    }

    fn over_unit(values: Vec<i128>, unit: i128) -> Self {
        if has_room(&values, i128::from(i64::MAX)) {
            let narrow = values.iter().map(|value| i64::try_from(*value).unwrap_or_default()).collect();
            return Self(Cells::Narrow { values: narrow, unit });
        }
        Self(Cells::Wide { values, unit })
    }

    /// How many amounts there are.
    pub const fn len(&self) -> usize {
        match &self.0 {
            Cells::Narrow { values, .. } => values.len(),
            Cells::Wide { values, .. } => values.len(),
            Cells::Exact(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The amount at a position, from 0.
    pub fn at(&self, index: usize) -> Option<Fraction> {
        over!(self, |values, unit| values.get(index).map(|value| value.exact(unit)))
    }

    /// The amounts, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = Fraction> + '_ {
        (0..self.len()).map_while(|index| self.at(index))
    }

    /// The amounts times their common denominator, and that denominator; `None` where they have none of 128 bits.
    pub(crate) fn into_integers(self) -> Option<(Vec<i128>, i128)> {
        match self.0 {
            Cells::Narrow { values, unit } => Some((values.into_iter().map(i128::from).collect(), unit)),
            Cells::Wide { values, unit } => Some((values, unit)),
            Cells::Exact(_) => None,
        }
    }

    /// The sum.
    pub fn sum(&self) -> Fraction {
        over!(self, |values, unit| total(values).exact(unit))
    }

    /// The amounts at these positions, in this order; positions beyond the end are left out.
    #[must_use]
    pub fn select(&self, indices: &[usize]) -> Self {
        fn pick<T: Clone>(values: &[T], indices: &[usize]) -> Vec<T> {
            indices.iter().filter_map(|index| values.get(*index).cloned()).collect()
        }
        match &self.0 {
            Cells::Narrow { values, unit } => {
                let values = pick(values, indices);
                // A position may be named more than once.
                if has_room(&values, i128::from(i64::MAX)) {
                    return Self(Cells::Narrow { values, unit: *unit });
                }
                Self(Cells::Wide { values: values.into_iter().map(i128::from).collect(), unit: *unit })
            }
            Cells::Wide { .. } | Cells::Exact(_) => {
                indices.iter().filter_map(|index| self.at(*index)).collect()
            }
        }
    }
}

/// The sum of values in their own width, which has room for it.
pub(crate) fn total<N: Number>(values: &[N]) -> N {
    values.iter().fold(N::default(), |mut sum, value| {
        sum += value;
        sum
    })
}

/// Whether any multiple of [`HEADROOM`] times the number of values of the largest of them stays in range.
fn has_room<T: Copy + Into<i128>>(values: &[T], range: i128) -> bool {
    let (low, high) = values.iter().fold((0_i128, 0_i128), |(low, high), value| {
        let value = (*value).into();
        (low.min(value), high.max(value))
    });
    let count = i128::try_from(values.len().max(1)).unwrap_or(i128::MAX);
    let room = range / HEADROOM / count;
    high <= room && low >= -room
}

/// `value / 10^scale` for a scale or a value that 128 bits do not take.
fn scaled(value: i128, scale: u32) -> Fraction {
    let integer = Decimal::from_scaled(value, 0).map(Fraction::from).unwrap_or_default();
    let ten = Fraction::from(10);
    (0..scale).fold(integer, |quotient, _| quotient.checked_div(&ten).unwrap_or_default())
}

impl FromIterator<Fraction> for Amounts {
    fn from_iter<I: IntoIterator<Item = Fraction>>(amounts: I) -> Self {
        let exact: Vec<Fraction> = amounts.into_iter().collect();
        common(&exact).unwrap_or(Self(Cells::Exact(exact)))
    }
}

impl FromIterator<Decimal> for Amounts {
    fn from_iter<I: IntoIterator<Item = Decimal>>(amounts: I) -> Self {
        amounts.into_iter().map(Fraction::from).collect()
    }
}

impl PartialEq for Amounts {
    /// The same amounts, whatever they are held as.
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Amounts {}

/// Integers over a common denominator.
fn common(amounts: &[Fraction]) -> Option<Amounts> {
    let terms: Vec<(i128, i128)> = amounts.iter().map(Fraction::terms).collect::<Option<_>>()?;
    let unit = terms.iter().try_fold(1_i128, |unit, (_, below)| common_multiple(unit, *below))?;
    let align = |(above, below): &(i128, i128)| above.checked_mul(unit / below);
    let values: Vec<i128> = terms.iter().map(align).collect::<Option<_>>()?;
    has_room(&values, i128::MAX).then(|| Amounts::over_unit(values, unit))
}

/// The least common multiple of two numbers above 0.
fn common_multiple(left: i128, right: i128) -> Option<i128> {
    if left % right == 0 {
        return Some(left);
    }
    let (mut divisor, mut rest) = (left, right);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    left.checked_mul(right / divisor)
}

#[cfg(test)]
mod tests {
    use ledger::Fraction;

    use super::{Amounts, Cells};

    fn amounts(texts: &[&str]) -> Amounts {
        texts.iter().map(|text| text.parse::<Fraction>().unwrap()).collect()
    }

    #[test]
    fn amounts_meet_on_a_common_denominator() {
        let Cells::Narrow { values, unit } = amounts(&["1.5", "-1/3", "0.25"]).0 else { panic!("they fit") };

        assert_eq!((values, unit), (vec![450, -100, 75], 300));
        assert!(amounts(&[]).is_empty());
    }

    #[test]
    fn columns_widen_with_their_sums() {
        let half = "50000000000000000";
        assert!(matches!(amounts(&[half]).0, Cells::Narrow { .. }));
        assert!(matches!(amounts(&[half, half, half]).0, Cells::Wide { .. }));
        assert!(matches!(amounts(&[&"9".repeat(37)]).0, Cells::Exact(_)));
        assert!(matches!(amounts(&["1/3", &format!("1/{}", "7".repeat(38))]).0, Cells::Exact(_)));
    }

    #[test]
    fn every_width_gives_back_what_it_took() {
        let large = "9".repeat(37);
        for texts in [&["1.5", "-1/3"][..], &["50000000000000000.5", "-1/3", "0"], &[&large, "-0.001"]] {
            let column = amounts(texts);

            assert_eq!(column.iter().map(|amount| amount.to_string()).collect::<Vec<_>>(), texts);
            assert_eq!(column.sum(), column.iter().sum::<Fraction>());
            assert_eq!(column.select(&[1, 0, 9]), amounts(&[texts[1], texts[0]]));
        }
    }

    #[test]
    fn integers_are_divided_by_their_scale() {
        assert_eq!(Amounts::from_integers(vec![150, -25], 2), amounts(&["1.50", "-0.25"]));
        assert_eq!(Amounts::from_integers(vec![i64::MAX], 2).at(0), amounts(&["92233720368547758.07"]).at(0));
        assert_eq!(
            Amounts::from_wide_integers(vec![-7], 40).at(0),
            amounts(&[&format!("-0.{}7", "0".repeat(39))]).at(0)
        );
    }

    #[test]
    fn selecting_one_amount_often_widens_the_column() {
        let column = amounts(&["50000000000000000"]);

        let often = column.select(&[0; 100]);

        assert_eq!(often.sum().to_string(), "5000000000000000000");
        assert!(matches!(often.0, Cells::Wide { .. }));
    }
}
