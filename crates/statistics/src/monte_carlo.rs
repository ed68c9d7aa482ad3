//! What else could have happened: a person's own trades in another order, or drawn again.
//!
//! Every path deals the trades anew and follows the equity. Money is added as integers, so that a seed gives the same
//! result on every machine, to the last digit.

mod deck;
mod fan;
mod path;

use ledger::Decimal;

use crate::column::Column;
use crate::estimate::Estimate;
use crate::undefined::{Metric, Undefined};
use crate::wilson::wilson;
use deck::Deck;
use fan::{Fan, fits, money, number};
use path::Follower;

pub use fan::{FAN_POINTS, FanPoint, Quantiles};

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
    pub opening_equity: Option<Decimal>,
    /// How many paths to deal; at most [`PATH_LIMIT`], and fewer if paths times trades exceed [`STEP_LIMIT`].
    /// Default: 1000.
    pub paths: usize,
    /// The seed: the same seed gives the same paths. Default: 42.
    pub seed: u64,
    /// How a path is dealt. Default: with replacement.
    pub resampling: Resampling,
    /// Losses from the start, in money above 0, that count as ruin. Default: none.
    pub ruin_levels: Vec<Decimal>,
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

/// What the paths came to.
#[derive(Debug, Clone, PartialEq)]
pub struct MonteCarlo {
    /// How many trades make a path.
    pub trades: u64,
    /// How many paths were dealt.
    pub paths: u64,
    /// Their seed.
    pub seed: u64,
    /// How they were dealt.
    pub resampling: Resampling,
    /// The work done: paths times trades.
    pub steps: u64,
    /// Largest fall from a peak of the equity, the start included (money, 0 if it never fell).
    pub max_drawdown: Quantiles<Decimal>,
    /// Largest fall as a share of its peak (share).
    pub max_drawdown_percent: Metric<Quantiles<f64>>,
    /// The equity after the last trade (money).
    pub final_equity: Quantiles<Decimal>,
    /// The share of paths that end above the start.
    pub profitable: Metric<Estimate>,
    /// The equity along the way (money), from the start to the last trade: at most [`FAN_POINTS`] points.
    pub fan: Vec<FanPoint>,
    /// How often each ruin level was reached, in the order of the options.
    pub ruin: Vec<RuinRisk>,
}

/// How likely a loss is to be reached at some time along a path.
#[derive(Debug, Clone, PartialEq)]
pub struct RuinRisk {
    /// The loss from the start (money).
    pub loss: Decimal,
    /// The share of paths that reached it, with the interval that the number of paths leaves. It does not hold the
    /// doubt whether the past trades are like the future ones.
    pub probability: Metric<Estimate>,
}

/// Deals the trades again, `options.paths` times.
///
/// A path draws with `SplitMix64`, index = (u64 x n) >> 64, one index for each trade: into all trades with
/// replacement, or into those left (Fisher and Yates) when shuffled, where a path starts from the order that the one
/// before left. Trades are taken for independent; those of a streak or a day are not, so that true drawdowns are deeper.
///
/// `nets` are the net P&L of the closed trades in one currency. [`Undefined::NoTrades`] without a trade or a path,
/// [`Undefined::TooManyDigits`] when the sums do not fit into 128 bits.
///
/// Source: Efron, "Bootstrap methods: another look at the jackknife", 1979; quantiles of type 7 (Hyndman and Fan 1996).
pub fn monte_carlo(nets: &[Decimal], options: &MonteCarloOptions) -> Metric<MonteCarlo> {
    let opening = options.opening_equity.filter(Decimal::is_positive);
    let levels = options.ruin_levels.iter().copied();
    // Everything that is compared is put on one scale.
    let amounts: Vec<Decimal> =
        levels.chain([opening.unwrap_or_default()]).chain(nets.iter().copied()).collect();
    let Column::Narrow { mut mantissas, scale } = Column::new(&amounts) else {
        return Err(Undefined::TooManyDigits);
    };
    if !fits(&mantissas) {
        return Err(Undefined::TooManyDigits);
    }
    let nets = mantissas.split_off(options.ruin_levels.len() + 1);
    let start = mantissas.pop().unwrap_or_default();
    let paths = affordable(options.paths, nets.len())?;
    let mut run = Run::new(start, mantissas, paths, nets.len());
    let mut deck = Deck::new(nets, options.resampling, options.seed);
    for _ in 0..paths {
        run.follow(&mut deck);
    }
    Ok(run.finish(options, opening.is_some(), scale))
}

/// How many paths are dealt.
fn affordable(paths: usize, trades: usize) -> Metric<usize> {
    let most = STEP_LIMIT.checked_div(trades).ok_or(Undefined::NoTrades)?;
    match paths.min(PATH_LIMIT).min(most.max(1)) {
        0 => Err(Undefined::NoTrades),
        paths => Ok(paths),
    }
}

/// The results of the paths so far.
struct Run {
    start: i128,
    ruin_levels: Vec<i128>,
    ruined: Vec<u64>,
    profitable: u64,
    drawdowns: Vec<i128>,
    shares: Vec<f64>,
    fan: Fan,
}

impl Run {
    fn new(start: i128, ruin_levels: Vec<i128>, paths: usize, trades: usize) -> Self {
        Self {
            start,
            ruined: vec![0; ruin_levels.len()],
            ruin_levels,
            profitable: 0,
            drawdowns: Vec::with_capacity(paths),
            shares: Vec::with_capacity(paths),
            fan: Fan::new(start, paths, trades),
        }
    }

    fn follow(&mut self, deck: &mut Deck) {
        let mut follower = Follower::from(self.start);
        let mut marks = self.fan.next_path();
        deck.deal(|net| {
            follower.step(net);
            marks.step(follower.equity());
        });
        let end = follower.finish();
        self.profitable += u64::from(end.equity > self.start);
        self.drawdowns.push(end.drawdown);
        self.shares.push(end.share);
        for (ruined, level) in self.ruined.iter_mut().zip(&self.ruin_levels) {
            *ruined += u64::from(self.start - end.lowest >= *level);
        }
    }

    fn finish(mut self, options: &MonteCarloOptions, with_percent: bool, scale: u32) -> MonteCarlo {
        let paths = u64::try_from(self.drawdowns.len()).unwrap_or(u64::MAX);
        let fan = self.fan.finish(scale);
        let percent = Quantiles::of(&mut self.shares, f64::total_cmp, number);
        let ruin = options.ruin_levels.iter().zip(&self.ruined);
        MonteCarlo {
            trades: fan.trades,
            paths,
            seed: options.seed,
            resampling: options.resampling,
            steps: paths * fan.trades,
            max_drawdown: Quantiles::of(&mut self.drawdowns, i128::cmp, |below, above, rest| {
                money(below, above, rest, scale)
            }),
            max_drawdown_percent: if with_percent { Ok(percent) } else { Err(Undefined::NoOpeningEquity) },
            final_equity: fan.last,
            profitable: wilson(self.profitable, paths),
            fan: fan.points,
            ruin: ruin
                .map(|(loss, ruined)| RuinRisk { loss: *loss, probability: wilson(*ruined, paths) })
                .collect(),
        }
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
