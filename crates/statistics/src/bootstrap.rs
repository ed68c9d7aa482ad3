//! The percentile bootstrap: how far a mean may be off by luck.
//!
//! Each draw takes as many trades as there are, with replacement, and notes their sum. The 2.5 % and 97.5 %
//! quantiles of these sums (type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", 1996), divided by
//! the number of trades, are the 95 % interval of the mean (Efron, "Bootstrap methods: another look at the
//! jackknife", 1979). Exact for money. Trades of one day are not independent, which makes it a little too narrow.

use ledger::{Decimal, Fraction};

use crate::column::Column;
use crate::error::StatisticsError;
use crate::options::Options;
use crate::random::SplitMix64;
use crate::ratio::{quotient, whole};
use crate::wilson::approximate;

/// Above this many trades there is no bootstrap: it takes draws x trades steps, and with so many trades
/// mean +- 1.96 x standard deviation / sqrt(n) is the same interval to the eye.
pub const BOOTSTRAP_LIMIT: usize = 10_000;

/// The tails of the interval, 2.5 % and 97.5 %, in fortieths.
const TAILS: [usize; 2] = [1, 39];
const FORTIETHS: usize = 40;

/// The 95 % interval of the mean of exact amounts, lower end first; `None` where none is made: for a single trade,
/// above [`BOOTSTRAP_LIMIT`], without draws.
pub(crate) fn money(column: &Column, options: &Options) -> Result<Option<[Fraction; 2]>, StatisticsError> {
    match column {
        Column::Narrow { mantissas, scale } if wanted(mantissas.len(), options) => {
            narrow(mantissas, *scale, options).map(Some)
        }
        Column::Wide(values) if wanted(values.len(), options) => {
            wide(values, options).ok_or(StatisticsError::Overflow).map(Some)
        }
        Column::Narrow { .. } | Column::Wide(_) => Ok(None),
    }
}

/// The same for numbers that are no money.
pub(crate) fn plain(values: &[f64], options: &Options) -> Option<[f64; 2]> {
    if !wanted(values.len(), options) {
        return None;
    }
    let mut sums = sums(values, options, 0.0, |sum, value| sum + value);
    sums.sort_unstable_by(f64::total_cmp);
    let count = approximate(u64::try_from(values.len()).ok()?);
    let mut ends = [0.0; 2];
    for (end, tail) in ends.iter_mut().zip(TAILS) {
        let (below, above, rest) = neighbours(&sums, tail)?;
        *end = (below + (above - below) * f64::from(rest) / 40.0) / count;
    }
    Some(ends)
}

const fn wanted(count: usize, options: &Options) -> bool {
    count > 1 && count <= BOOTSTRAP_LIMIT && options.bootstrap_draws > 0
}

fn narrow(mantissas: &[i128], scale: u32, options: &Options) -> Result<[Fraction; 2], StatisticsError> {
    // The column keeps room for sums and for forty times a sum.
    let mut sums = sums(mantissas, options, 0, |sum, value| sum + value);
    sums.sort_unstable();
    let end = |tail| {
        let (below, above, rest) = neighbours(&sums, tail)?;
        let weighted = below * i128::from(40 - rest) + above * i128::from(rest);
        Decimal::from_scaled(weighted, scale)
    };
    interval(TAILS.map(end), mantissas.len())
}

fn wide(values: &[Decimal], options: &Options) -> Option<[Fraction; 2]> {
    let mut sums = match halves(values) {
        Some(halves) => halves.sums(options)?,
        None => sums(values, options, Some(Decimal::ZERO), |sum, value| sum?.checked_add(value))
            .into_iter()
            .collect::<Option<Vec<Decimal>>>()?,
    };
    sums.sort_unstable();
    let end = |tail| {
        let (below, above, rest) = neighbours(&sums, tail)?;
        let weight = |share| whole(u64::from(share));
        below.checked_mul(weight(40 - rest))?.checked_add(above.checked_mul(weight(rest))?)
    };
    interval(TAILS.map(end), values.len()).ok()
}

/// Amounts in two parts, each of which adds up in 128 bits: the front digits and the rest. Ten times as fast as
/// adding decimals.
struct Halves {
    parts: Vec<(i128, i128)>,
    scales: (u32, u32),
}

fn halves(values: &[Decimal]) -> Option<Halves> {
    let middle = values.iter().map(Decimal::scale).max()? / 2;
    let fronts: Vec<Decimal> = values.iter().map(|value| value.round_half_even(middle)).collect();
    let rests: Vec<Decimal> =
        values.iter().zip(&fronts).map(|(value, front)| value.checked_sub(*front)).collect::<Option<_>>()?;
    match (Column::new(&fronts), Column::new(&rests)) {
        (
            Column::Narrow { mantissas: fronts, scale: front },
            Column::Narrow { mantissas: rests, scale: rest },
        ) => Some(Halves { parts: fronts.into_iter().zip(rests).collect(), scales: (front, rest) }),
        (Column::Wide(_), _) | (_, Column::Wide(_)) => None,
    }
}

impl Halves {
    fn sums(&self, options: &Options) -> Option<Vec<Decimal>> {
        let pairs = sums(&self.parts, options, (0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        let join = |(front, rest)| {
            Decimal::from_scaled(front, self.scales.0)?
                .checked_add(Decimal::from_scaled(rest, self.scales.1)?)
        };
        pairs.into_iter().map(join).collect()
    }
}

/// Fortieths of sums as means.
fn interval(ends: [Option<Decimal>; 2], count: usize) -> Result<[Fraction; 2], StatisticsError> {
    let divisor = u64::try_from(FORTIETHS * count).map_err(|_| StatisticsError::Overflow)?;
    let mean = |end: Option<Decimal>| quotient(end.ok_or(StatisticsError::Overflow)?, whole(divisor));
    let [low, high] = ends;
    Ok([mean(low)?, mean(high)?])
}

/// The sum of each draw.
fn sums<T: Copy, S: Copy>(values: &[T], options: &Options, zero: S, add: impl Fn(S, T) -> S) -> Vec<S> {
    let mut random = SplitMix64::new(options.seed);
    let mut draw = || {
        (0..values.len()).fold(zero, |sum, _| match values.get(random.index_below(values.len())) {
            Some(value) => add(sum, *value),
            None => sum,
        })
    };
    (0..options.bootstrap_draws).map(|_| draw()).collect()
}

/// The two sorted values around the quantile `tail / 40`, and the fortieths of the way from one to the other.
fn neighbours<S: Copy>(sorted: &[S], tail: usize) -> Option<(S, S, u32)> {
    let position = sorted.len().checked_sub(1)? * tail;
    let (index, rest) = (position / FORTIETHS, position % FORTIETHS);
    let below = *sorted.get(index)?;
    Some((below, sorted.get(index + 1).copied().unwrap_or(below), u32::try_from(rest).ok()?))
}

#[cfg(test)]
mod tests {
    use ledger::Decimal;

    use super::{BOOTSTRAP_LIMIT, halves, money, neighbours, plain, sums, wide};
    use crate::column::Column;
    use crate::options::Options;

    fn amounts(count: i64) -> Vec<Decimal> {
        (0..count).map(|index| Decimal::from(index * 37 % 101 - 40)).collect()
    }

    #[test]
    fn quantiles_lie_between_two_values() {
        assert_eq!(neighbours(&[10, 20, 30], 1), Some((10, 20, 2)));
        assert_eq!(neighbours(&[10, 20, 30], 39), Some((20, 30, 38)));
        assert_eq!(neighbours(&[10], 39), Some((10, 10, 0)));
        assert_eq!(neighbours::<i32>(&[], 1), None);
    }

    #[test]
    fn integers_and_decimals_give_the_same_interval() {
        let values = amounts(60);

        let narrow = money(&Column::new(&values), &Options::default()).unwrap();

        assert_eq!(narrow, wide(&values, &Options::default()));
        let [low, high] = narrow.unwrap();
        assert_eq!((high - low).signum(), 1);
    }

    #[test]
    fn decimals_in_two_halves_give_the_same_interval_as_whole_ones() {
        let fine: Decimal = "0.000000000000000000000000000000000007".parse().unwrap();
        let values: Vec<Decimal> =
            amounts(60).into_iter().map(|amount| amount.checked_add(fine).unwrap()).collect();
        let mut shifted = halves(&values).unwrap().sums(&Options::default()).unwrap();
        let mut plain = sums(&amounts(60), &Options::default(), Decimal::ZERO, |sum, value| {
            sum.checked_add(value).unwrap()
        });
        shifted.sort_unstable();
        plain.sort_unstable();
        let sixty = fine.checked_mul(Decimal::from(60)).unwrap();

        assert!(matches!(Column::new(&values), Column::Wide(_)));
        assert!(shifted.iter().zip(&plain).all(|(one, other)| *one == other.checked_add(sixty).unwrap()));
    }

    #[test]
    fn another_seed_gives_another_interval() {
        let column = Column::new(&amounts(60));
        let other = Options { seed: 43, ..Options::default() };

        assert_ne!(money(&column, &Options::default()), money(&column, &other));
    }

    #[test]
    fn plain_numbers_follow_the_same_draws() {
        let column = Column::new(&amounts(60));

        let [low, high] = money(&column, &Options::default()).unwrap().unwrap();
        let [plain_low, plain_high] = plain(&column.to_f64s(), &Options::default()).unwrap();

        assert!((crate::ratio::to_f64(&low) - plain_low).abs() < 1e-12);
        assert!((crate::ratio::to_f64(&high) - plain_high).abs() < 1e-12);
    }

    #[test]
    fn one_trade_too_many_trades_or_no_draws_make_no_interval() {
        let most = i64::try_from(BOOTSTRAP_LIMIT).unwrap();
        let one_draw = Options { bootstrap_draws: 1, ..Options::default() };
        let no_draws = Options { bootstrap_draws: 0, ..Options::default() };

        assert_eq!(money(&Column::new(&amounts(1)), &Options::default()), Ok(None));
        assert_eq!(money(&Column::new(&amounts(most + 1)), &one_draw), Ok(None));
        assert!(money(&Column::new(&amounts(most)), &one_draw).unwrap().is_some());
        assert_eq!(money(&Column::new(&amounts(5)), &no_draws), Ok(None));
        assert_eq!(plain(&[1.0], &Options::default()), None);
    }
}
