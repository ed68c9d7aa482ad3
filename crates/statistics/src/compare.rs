//! Two sets of trades side by side, and whether luck alone may have made the difference.

mod welch;

use ledger::Fraction;

use crate::amounts::{Amounts, Number, over, total};
use crate::bootstrap::ends_of_sorted;
use crate::catalogue::figures;
use crate::options::Options;
use crate::random::SplitMix64;
use crate::ratio::whole;
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;
use welch::Welch;

pub(crate) const ABOUT: &str = "\
Two sets of trades, a and b, of n and m trades. Each draw resamples both, a first, from one stream of SplitMix64; the
permutations go on with the same stream. Above the bootstrap's limit of trades in both sets nothing is resampled;
Welch's test needs no resampling, and says the same for large sets.";

figures! {
    /// What tells two sets of trades apart.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Difference, METRICS {
        expectancy_difference: Fraction = {
            name: "Difference of expectancy",
            unit: "money",
            formula: "mean(a) - mean(b)",
            edges: "Exact. Null with `no-trades` when a set is empty.",
            source: "common usage",
        },
        difference_interval: Metric<[Fraction; 2]> = {
            name: "Interval of the difference",
            unit: "money",
            formula: "2.5 % and 97.5 % quantiles (type 7) of the differences of resampled means",
            edges: "Exact. Null with `too-few-trades` for one trade in a set, `no-draws` and `too-many-trades`.",
            source: "Efron and Tibshirani, An Introduction to the Bootstrap, 1993, section 8.3",
        },
        permutation_p: Metric<f64> = {
            name: "p of the difference",
            unit: "probability",
            formula: "(1 + #{|difference of shuffled sets| >= |difference|}) / (draws + 1)",
            edges: "Two-sided; never below 1 / (draws + 1). Null like the interval.",
            source: "Phipson and Smyth, Permutation p-values should never be zero, 2010",
        },
        welch_interval: Metric<[f64; 2]> = {
            name: "Interval of Welch's t-test",
            unit: "money",
            formula: "mean(a) - mean(b) -+ t(0.975, v) sqrt(A + B); A = var(a) / n, B = var(b) / m, v = (A + B)^2 / (A^2 / (n - 1) + B^2 / (m - 1))",
            edges: "Takes trades for independent, and for roughly normal when they are few; the sets may vary differently. Null with `no-trades`, `too-few-trades` for one trade in a set, and `zero-variance` when neither varies.",
            source: "Welch, The generalization of Student's problem when several different population variances are involved, Biometrika 34, 1947; v after Satterthwaite, 1946",
        },
        welch_p: Metric<f64> = {
            name: "p of Welch's t-test",
            unit: "probability",
            formula: "2 P(T >= |mean(a) - mean(b)| / sqrt(A + B)), T with v degrees of freedom, not rounded",
            edges: "Two-sided: the chance of a difference at least as large if there were none. Null like its interval.",
            source: "Welch, 1947",
            elsewhere: "tables and some programs round v down, which makes p a little larger; SciPy and R do not.",
        },
    }
}

/// The difference of two sets of results in one currency, or in R.
pub fn compare(a: &Amounts, b: &Amounts, options: &Options) -> Metric<Difference> {
    let joined: Amounts = a.iter().chain(b.iter()).collect();
    over!(joined, |values, unit| difference(values.split_at(a.len()), unit, options))
}

fn difference<N: Number>((a, b): (&[N], &[N]), unit: i128, options: &Options) -> Metric<Difference> {
    let sizes = Sizes::of(a, b).ok_or(Undefined::NoTrades)?;
    let expectancy_difference = sizes.difference(&total(a), &total(b), unit);
    let resampled = wanted(a.len().min(b.len()), a.len() + b.len(), options);
    let mut random = SplitMix64::new(options.seed);
    let interval = resampled.map(|()| bootstrap(a, b, &sizes, unit, options, &mut random));
    let p = resampled.map(|()| {
        let pooled = [a, b].concat();
        permute(
            pooled,
            a.len(),
            |of_a, of_b| sizes.difference(&of_a, &of_b, unit),
            &expectancy_difference.clone().abs(),
            options,
            &mut random,
        )
    });
    let tested = Welch::of(a, b, unit, &expectancy_difference);
    Ok(Difference {
        expectancy_difference,
        welch_interval: tested.as_ref().map(|test| test.interval).map_err(|undefined| *undefined),
        welch_p: tested.map(|test| test.p),
        difference_interval: interval.and_then(|ends| ends.ok_or(Undefined::NoDraws)),
        permutation_p: p,
    })
}

fn wanted(smaller: usize, all: usize, options: &Options) -> Metric<()> {
    if smaller < 2 {
        return Err(Undefined::TooFewTrades { needed: 2 });
    }
    if options.bootstrap_draws == 0 {
        return Err(Undefined::NoDraws);
    }
    if all > options.bootstrap_limit {
        return Err(Undefined::TooManyTrades {
            limit: u64::try_from(options.bootstrap_limit).unwrap_or(u64::MAX),
        });
    }
    Ok(())
}

/// The reciprocals of the numbers of trades.
struct Sizes(Fraction, Fraction);

impl Sizes {
    fn of<N>(a: &[N], b: &[N]) -> Option<Self> {
        let share = |values: &[N]| Fraction::from(1).checked_div(&whole(u64::try_from(values.len()).ok()?));
        Some(Self(share(a)?, share(b)?))
    }

    fn difference<N: Number>(&self, sum_a: &N, sum_b: &N, unit: i128) -> Fraction {
        sum_a.exact(unit) * &self.0 - sum_b.exact(unit) * &self.1
    }
}

fn bootstrap<N: Number>(
    a: &[N],
    b: &[N],
    sizes: &Sizes,
    unit: i128,
    options: &Options,
    random: &mut SplitMix64,
) -> Option<[Fraction; 2]> {
    let mut draw = |values: &[N]| {
        (0..values.len()).fold(N::default(), |mut sum, _| {
            if let Some(value) = values.get(random.index_below(values.len())) {
                sum += value;
            }
            sum
        })
    };
    let mut differences: Vec<Fraction> =
        (0..options.bootstrap_draws).map(|_| sizes.difference(&draw(a), &draw(b), unit)).collect();
    differences.sort_unstable();
    ends_of_sorted(&differences)
}

/// How often shuffled sets differ at least as much.
fn permute<N: Number>(
    mut pooled: Vec<N>,
    size: usize,
    difference: impl Fn(N, N) -> Fraction,
    least: &Fraction,
    options: &Options,
    random: &mut SplitMix64,
) -> f64 {
    let mut as_much = 0;
    for _ in 0..options.bootstrap_draws {
        // The first places of a shuffle (Fisher and Yates) are a sample without replacement.
        for place in 0..size {
            let other = place + random.index_below(pooled.len() - place);
            pooled.swap(place, other);
        }
        let (of_a, of_b) = pooled.split_at(size);
        as_much += u64::from(difference(total(of_a), total(of_b)).abs() >= *least);
    }
    let draws = u64::try_from(options.bootstrap_draws).unwrap_or(u64::MAX);
    approximate(1 + as_much) / approximate(draws.saturating_add(1))
}
