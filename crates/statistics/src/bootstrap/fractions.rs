//! The bootstrap of fractions: sixteen digits rank the draws, and only those near the quantiles are summed exactly.

use ledger::Fraction;

use super::{TAILS, sums};
use crate::multiples::balanced_sum;
use crate::options::Options;
use crate::quantile::type_7;
use crate::random::SplitMix64;
use crate::wilson::approximate;

/// The quantiles of the sums of all draws.
pub(super) fn quantiles(values: &[Fraction], options: &Options) -> Option<[Fraction; 2]> {
    let near: Vec<f64> = values.iter().map(Fraction::to_f64).collect();
    let mut ranked: Vec<(f64, usize)> =
        sums(&near, options, |sum, value| sum + value).into_iter().zip(0..).collect();
    ranked.sort_unstable_by(|left, right| left.0.total_cmp(&right.0));
    let doubt = doubt(&near);
    let end = |tail| type_7(ranked.len(), tail, |rank| exact(rank, &ranked, doubt, values, options));
    let [low, high] = TAILS.map(end);
    Some([low?, high?])
}

/// Two sums that differ by more are ranked rightly: each addition errs by at most half a unit in the last place of
/// the largest sum there can be.
fn doubt(near: &[f64]) -> f64 {
    let count = approximate(u64::try_from(near.len()).unwrap_or(u64::MAX));
    let largest = near.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    2.0 * (count + 1.0) * count * largest * f64::EPSILON
}

/// The exact sum at this rank.
fn exact(
    rank: usize,
    ranked: &[(f64, usize)],
    doubt: f64,
    values: &[Fraction],
    options: &Options,
) -> Option<Fraction> {
    let (middle, _) = *ranked.get(rank)?;
    let first = ranked.partition_point(|(sum, _)| *sum < middle - doubt);
    let last = ranked.partition_point(|(sum, _)| *sum <= middle + doubt);
    let mut doubtful: Vec<Fraction> =
        ranked.get(first..last)?.iter().map(|(_, draw)| sum_of_draw(*draw, values, options)).collect();
    doubtful.sort_unstable();
    doubtful.get(rank - first).cloned()
}

/// The sum of one draw: the generator can start at any of them.
fn sum_of_draw(draw: usize, values: &[Fraction], options: &Options) -> Fraction {
    let steps = u64::try_from(draw * values.len()).unwrap_or(u64::MAX);
    let mut random = SplitMix64::after(options.seed, steps);
    let mut times = vec![0_i64; values.len()];
    for _ in 0..values.len() {
        if let Some(count) = times.get_mut(random.index_below(values.len())) {
            *count += 1;
        }
    }
    let drawn = times.iter().zip(values).filter(|(count, _)| **count > 0);
    balanced_sum(&drawn.map(|(count, value)| value * Fraction::from(*count)).collect::<Vec<_>>())
}
