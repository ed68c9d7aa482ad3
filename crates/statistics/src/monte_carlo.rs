//! What else could have happened: a person's own trades in another order, or drawn again.
//!
//! Every path deals the trades anew and follows the equity. Money is added as integers, so that a seed gives the same
//! result on every machine, to the last digit.

mod deck;
mod fan;
mod outcome;
mod path;
mod run;

use ledger::Fraction;

use crate::amounts::Amounts;
use crate::undefined::{Metric, Undefined};
use deck::Deck;
use fan::fits;
pub use fan::{FAN_POINTS, FanPoint, Quantiles};
pub(crate) use outcome::{ABOUT, METRICS};
pub use outcome::{Dealt, MonteCarlo, PathOutcome, RuinRisk};
use run::Run;

/// Paths times trades above which paths are left out: about half a second of work.
pub const STEP_LIMIT: usize = 50_000_000;
/// The most paths, so that a fan of them takes at most 32 MB.
pub const PATH_LIMIT: usize = 10_000;

/// How a path is dealt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Resampling {
    /// As many trades as there are, with replacement: other trades of the same kind. The sum varies.
    #[default]
    WithReplacement,
    /// All trades in another order. The sum stays; only the way there varies, and with it the drawdown.
    Shuffled,
}

/// What a person may choose about the simulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonteCarloOptions {
    /// The equity before the first trade, in the currency of the trades. Without it, or at zero and below, there is
    /// no drawdown in percent and the fan shows P&L. Default: `None`.
    pub opening_equity: Option<Fraction>,
    /// How many paths to deal; at most [`PATH_LIMIT`], and fewer if paths times trades exceed [`STEP_LIMIT`].
    /// Default: 1000.
    pub paths: usize,
    /// The seed: the same seed gives the same paths. Default: 42.
    pub seed: u64,
    /// How a path is dealt. Default: with replacement.
    pub resampling: Resampling,
    /// Losses from the start, in money above 0, that count as ruin. Default: none.
    pub ruin_levels: Vec<Fraction>,
}

impl Default for MonteCarloOptions {
    fn default() -> Self {
        Self {
            opening_equity: None,
            paths: 1000,
            seed: 42,
            resampling: Resampling::default(),
            ruin_levels: Vec::new(),
        }
    }
}

/// Deals the trades again, `options.paths` times.
///
/// A path draws with `SplitMix64`, index = (u64 x n) >> 64, one index for each trade: into all trades with
/// replacement, or into those left (Fisher and Yates) when shuffled, where a path starts from the order that the one
/// before left. Trades are taken for independent; those of a streak or a day are not, so that true drawdowns are deeper.
///
/// `nets` are the net P&L of the closed trades in one currency. [`Undefined::NoTrades`] without a trade or a path,
/// [`Undefined::TooManyDigits`] when sums over the common denominator do not fit into 128 bits.
///
/// Source: Efron, "Bootstrap methods: another look at the jackknife", 1979; quantiles of type 7 (Hyndman and Fan 1996).
pub fn monte_carlo(nets: &Amounts, options: &MonteCarloOptions) -> Metric<MonteCarlo> {
    let opening = options.opening_equity.clone().filter(Fraction::is_positive);
    let levels = options.ruin_levels.iter().cloned();
    // Everything that is compared is put on one denominator.
    let amounts: Amounts = levels.chain([opening.clone().unwrap_or_default()]).chain(nets.iter()).collect();
    let (mut values, unit) = amounts.into_integers().ok_or(Undefined::TooManyDigits)?;
    if !fits(&values) {
        return Err(Undefined::TooManyDigits);
    }
    let nets = values.split_off(options.ruin_levels.len() + 1);
    let start = values.pop().unwrap_or_default();
    let paths = affordable(options.paths, nets.len())?;
    let mut run = Run::new(start, values, paths, nets.len());
    let mut deck = Deck::new(nets, options.resampling, options.seed);
    for _ in 0..paths {
        run.follow(&mut deck);
    }
    Ok(run.finish(options, opening.is_some(), unit))
}

/// How many paths are dealt.
fn affordable(paths: usize, trades: usize) -> Metric<usize> {
    let most = STEP_LIMIT.checked_div(trades).ok_or(Undefined::NoTrades)?;
    match paths.min(PATH_LIMIT).min(most.max(1)) {
        0 => Err(Undefined::NoTrades),
        paths => Ok(paths),
    }
}

#[cfg(test)]
mod tests {
    use super::{PATH_LIMIT, STEP_LIMIT, affordable};
    use crate::undefined::Undefined;

    #[test]
    fn paths_are_left_out_when_they_would_take_too_long() {
        assert_eq!(affordable(100, 7), Ok(100));
        assert_eq!(affordable(PATH_LIMIT + 1, 7), Ok(PATH_LIMIT));
        assert_eq!(affordable(100, STEP_LIMIT / 10), Ok(10));
        assert_eq!(affordable(100, STEP_LIMIT + 1), Ok(1));
        assert_eq!(affordable(100, 0), Err(Undefined::NoTrades));
    }
}
