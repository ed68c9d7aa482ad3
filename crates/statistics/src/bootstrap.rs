//! The percentile bootstrap: how far a mean may be off by luck.
//!
//! Each draw takes as many trades as there are, with replacement, and notes their sum. The 2.5 % and 97.5 %
//! quantiles of these sums (type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", 1996), divided by
//! the number of trades, are the 95 % interval of the mean (Efron, "Bootstrap methods: another look at the
//! jackknife", 1979). Exact for money. Trades of one day are not independent, which makes it a little too narrow.

mod fractions;

use ledger::Fraction;

use crate::amounts::{Amounts, Cells, Number};
use crate::options::Options;
use crate::quantile::{place, type_7};
use crate::random::SplitMix64;
use crate::ratio::whole;
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;

/// Above this many trades there is no bootstrap unless asked for: it takes draws x trades steps, and with so many
/// trades mean +- 1.96 x standard deviation / sqrt(n) is the same interval to the eye.
pub const BOOTSTRAP_LIMIT: usize = 10_000;

/// The tails of the interval: 2.5 % and 97.5 %.
pub(crate) const TAILS: [[u32; 2]; 2] = [[1, 40], [39, 40]];

/// The 95 % interval of the mean of exact amounts, lower end first.
pub(crate) fn money(amounts: &Amounts, options: &Options) -> Metric<[Fraction; 2]> {
    wanted(amounts.len(), options)?;
    let ends = match &amounts.0 {
        Cells::Narrow { values, unit } => integers(values, *unit, options),
        Cells::Wide { values, unit } => integers(values, *unit, options),
        Cells::Exact(values) => fractions::quantiles(values, options),
    };
    let count = whole(u64::try_from(amounts.len()).unwrap_or(u64::MAX));
    let mean = |sum: Fraction| sum.checked_div(&count).ok_or(Undefined::NoTrades);
    let [low, high] = ends.ok_or(Undefined::NoDraws)?;
    Ok([mean(low)?, mean(high)?])
}

/// The same for numbers that are no money; `None` where no interval is made.
pub(crate) fn plain(values: &[f64], options: &Options) -> Option<[f64; 2]> {
    wanted(values.len(), options).ok()?;
    let mut sums = sums(values, options, |sum, value| sum + value);
    sums.sort_unstable_by(f64::total_cmp);
    let count = approximate(u64::try_from(values.len()).ok()?);
    let mut ends = [0.0; 2];
    for (end, tail) in ends.iter_mut().zip(TAILS) {
        let (index, rest) = place(sums.len(), tail)?;
        let below = *sums.get(index)?;
        let above = sums.get(index + 1).copied().unwrap_or(below);
        *end = (below + (above - below) * f64::from(rest) / 40.0) / count;
    }
    Some(ends)
}

fn wanted(count: usize, options: &Options) -> Metric<()> {
    if count == 0 {
        return Err(Undefined::NoTrades);
    }
    if count == 1 {
        return Err(Undefined::TooFewTrades { needed: 2 });
    }
    if options.bootstrap_draws == 0 {
        return Err(Undefined::NoDraws);
    }
    if count > options.bootstrap_limit {
        let limit = u64::try_from(options.bootstrap_limit).unwrap_or(u64::MAX);
        return Err(Undefined::TooManyTrades { limit });
    }
    Ok(())
}

/// The quantiles of the sums of all draws.
fn integers<N: Number + Copy + std::ops::Add<Output = N>>(
    values: &[N],
    unit: i128,
    options: &Options,
) -> Option<[Fraction; 2]> {
    // The column keeps room for sums.
    let mut sums = sums(values, options, |sum: N, value| sum + value);
    sums.sort_unstable();
    let end = |tail| type_7(sums.len(), tail, |index| sums.get(index).map(|sum| sum.exact(unit)));
    let [low, high] = TAILS.map(end);
    Some([low?, high?])
}

/// The quantiles of exact values in order.
pub(crate) fn ends_of_sorted(sorted: &[Fraction]) -> Option<[Fraction; 2]> {
    let end = |tail| type_7(sorted.len(), tail, |index| sorted.get(index).cloned());
    let [low, high] = TAILS.map(end);
    Some([low?, high?])
}

/// The sum of each draw.
fn sums<T: Copy + Default>(values: &[T], options: &Options, add: impl Fn(T, T) -> T) -> Vec<T> {
    let mut random = SplitMix64::new(options.seed);
    let mut draw = || {
        (0..values.len()).fold(T::default(), |sum, _| match values.get(random.index_below(values.len())) {
            Some(value) => add(sum, *value),
            None => sum,
        })
    };
    (0..options.bootstrap_draws).map(|_| draw()).collect()
}

#[cfg(test)]
mod tests {
    use ledger::Fraction;

    use super::{BOOTSTRAP_LIMIT, fractions, money, plain};
    use crate::amounts::{Amounts, Cells};
    use crate::options::Options;
    use crate::undefined::Undefined;

    fn amounts(count: i64) -> Vec<Fraction> {
        (0..count).map(|index| Fraction::from(index * 37 % 101 - 40)).collect()
    }

    fn column(count: i64) -> Amounts {
        amounts(count).into_iter().collect()
    }

    #[test]
    fn every_width_gives_the_same_interval() {
        let narrow = money(&column(60), &Options::default()).unwrap();
        let wide: Vec<i128> = (0..60).map(|index| i128::from(index * 37 % 101 - 40)).collect();
        let wide = Amounts(Cells::Wide { values: wide, unit: 1 });

        assert_eq!(Ok(&narrow), money(&wide, &Options::default()).as_ref());
        assert_eq!(Ok(&narrow), money(&Amounts(Cells::Exact(amounts(60))), &Options::default()).as_ref());
        assert!(narrow[0] < narrow[1]);
    }

    #[test]
    fn fractions_that_sixteen_digits_do_not_tell_apart_are_told_apart() {
        let tiny = |index: i64| {
            format!("1.{}{}/3", "0".repeat(30), index + 10)
                .split_once('/')
                .map(|(above, _)| above.parse::<Fraction>().unwrap().checked_div(&Fraction::from(3)).unwrap())
                .unwrap()
        };
        let values: Vec<Fraction> = (0..40).map(|index| tiny(index * 7 % 40)).collect();
        let scaled: Amounts = values
            .iter()
            .map(|value| {
                (value * Fraction::from(3) - Fraction::from(1))
                    * "1e32".replace("1e32", &format!("1{}", "0".repeat(32))).parse::<Fraction>().unwrap()
            })
            .collect();

        let [low, high] = fractions::quantiles(&values, &Options::default()).unwrap();
        let [scaled_low, _] = money(&scaled, &Options::default()).unwrap();

        let mean_low = low.checked_div(&Fraction::from(40)).unwrap() * Fraction::from(3) - Fraction::from(1);
        let factor: Fraction = format!("1{}", "0".repeat(32)).parse().unwrap();
        assert_eq!(mean_low * factor, scaled_low);
        assert!(low < high);
    }

    #[test]
    fn another_seed_gives_another_interval() {
        let other = Options { seed: 43, ..Options::default() };

        assert_ne!(money(&column(60), &Options::default()), money(&column(60), &other));
    }

    #[test]
    fn plain_numbers_follow_the_same_draws() {
        let numbers: Vec<f64> = amounts(60).iter().map(Fraction::to_f64).collect();

        let [low, high] = money(&column(60), &Options::default()).unwrap();
        let [plain_low, plain_high] = plain(&numbers, &Options::default()).unwrap();

        assert!((low.to_f64() - plain_low).abs() < 1e-12);
        assert!((high.to_f64() - plain_high).abs() < 1e-12);
    }

    #[test]
    fn no_interval_has_a_reason() {
        let most = i64::try_from(BOOTSTRAP_LIMIT).unwrap();
        let one_draw = Options { bootstrap_draws: 1, ..Options::default() };
        let no_draws = Options { bootstrap_draws: 0, ..Options::default() };
        let more = Options { bootstrap_limit: BOOTSTRAP_LIMIT + 1, ..one_draw.clone() };

        assert_eq!(money(&column(0), &Options::default()), Err(Undefined::NoTrades));
        assert_eq!(money(&column(1), &Options::default()), Err(Undefined::TooFewTrades { needed: 2 }));
        assert_eq!(money(&column(most + 1), &one_draw), Err(Undefined::TooManyTrades { limit: 10_000 }));
        assert_eq!(money(&column(5), &no_draws), Err(Undefined::NoDraws));
        assert!(money(&column(most), &one_draw).is_ok() && money(&column(most + 1), &more).is_ok());
        assert_eq!(plain(&[1.0], &Options::default()), None);
    }
}
