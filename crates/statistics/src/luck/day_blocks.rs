//! The bootstrap of whole days: trades of one day are dependent, days less so.
//!
//! Each draw takes as many days as there are, with replacement, and keeps all trades of a day together. Its mean is the
//! sum of its trades over their number, which varies from draw to draw. Exact for money, and alike on every machine:
//! `SplitMix64`, index = (u64 x days) >> 64, quantiles of type 7, as in the bootstrap of single trades.
//!
//! Source: Davison and Hinkley, "Bootstrap Methods and their Application", 1997, sections 4.2 and 8.2.3.

use std::cmp::Ordering;

use ledger::Fraction;

use crate::amounts::{Amounts, Number};
use crate::bootstrap::TAILS;
use crate::catalogue::metric;
use crate::estimate::MoneyEstimate;
use crate::options::Options;
use crate::quantile::type_7;
use crate::random::SplitMix64;
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;

/// Draws times days above which there is no day-block bootstrap: half a second of work.
pub const BLOCK_LIMIT: usize = 100_000_000;

/// The net P&L of a trade and the trading day it closed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTrade {
    /// Any number that is the same for trades of one day only, such as its Julian day number.
    pub day: i64,
    /// What it made after all costs, in the one currency of the sample.
    pub net: Fraction,
}

metric! {
    const EXPECTANCY = {
        id: "day_block_expectancy",
        name: "Expectancy with an interval from days",
        unit: "money",
        formula: "mean(x), 2.5 % and 97.5 % quantiles of the means of resampled days",
        edges: "No interval for a single day, without draws, or above 100 million draws x days. Null with `no-trades`, and `too-many-digits` when sums over the common denominator do not fit into 128 bits.",
        source: "Davison and Hinkley, Bootstrap Methods and their Application, 1997, section 8.2.3",
        elsewhere: "scipy resamples single trades, which makes the interval too narrow.",
    };
    /// The order of the trades does not matter.
    pub fn day_block_expectancy(trades: &[DayTrade], options: &Options) -> Metric<MoneyEstimate> {
        let days = Days::of(trades)?;
        let value = days.mean(days.total).ok_or(Undefined::TooManyDigits)?;
        let mut draws = days.draw(options);
        draws.sort_unstable_by(Block::by_mean);
        let mean = |rank: usize| draws.get(rank).and_then(|draw| days.mean(*draw));
        let [low, high] = TAILS.map(|tail| type_7(draws.len(), tail, mean));
        Ok(MoneyEstimate { value, low, high, n: days.total.trades })
    }
}

metric! {
    const P = {
        id: "p_day_blocks",
        name: "p of resampled days",
        unit: "probability",
        formula: "(1 + #{mean* - mean >= mean}) / (draws + 1)",
        edges: "One-sided. Never below 1 / (draws + 1): for one of m rows to survive a false discovery rate q alone, draws must be at least m / q. Null with `no-trades`, `too-few-sessions` below 2 days, `zero-variance` when every day has the same mean, and `too-few-trades` without draws.",
        source: "Davison and Hinkley, Bootstrap Methods and their Application, 1997, sections 4.2 and 8.2.3",
    };
    pub fn day_block_p(trades: &[DayTrade], options: &Options) -> Metric<f64> {
        let days = Days::of(trades)?;
        if days.blocks.len() < 2 {
            return Err(Undefined::TooFewSessions { needed: 2 });
        }
        if days.blocks.iter().all(|day| day.by_mean(&days.total) == Ordering::Equal) {
            return Err(Undefined::ZeroVariance);
        }
        let draws = days.draw(options);
        if draws.is_empty() {
            return Err(Undefined::TooFewTrades { needed: 2 });
        }
        let doubled = Block { sum: 2 * days.total.sum, trades: days.total.trades };
        let as_far = draws.iter().filter(|draw| draw.by_mean(&doubled) != Ordering::Less).count();
        let share = |count: usize| approximate(u64::try_from(count).unwrap_or(u64::MAX) + 1);
        Ok(share(as_far) / share(draws.len()))
    }
}

/// Some trades: their sum over the denominator of the sample, and how many they are.
#[derive(Debug, Clone, Copy, Default)]
struct Block {
    sum: i128,
    trades: u64,
}

impl Block {
    const fn and(self, other: Self) -> Self {
        Self { sum: self.sum + other.sum, trades: self.trades + other.trades }
    }

    /// The order of the means. The products fit: see [`Days::of`].
    fn by_mean(&self, other: &Self) -> Ordering {
        (self.sum * i128::from(other.trades)).cmp(&(other.sum * i128::from(self.trades)))
    }
}

/// A sample by day.
struct Days {
    blocks: Vec<Block>,
    total: Block,
    unit: i128,
}

impl Days {
    fn of(trades: &[DayTrade]) -> Metric<Self> {
        if trades.is_empty() {
            return Err(Undefined::NoTrades);
        }
        let nets: Amounts = trades.iter().map(|trade| trade.net.clone()).collect();
        let (nets, unit) = nets.into_integers().ok_or(Undefined::TooManyDigits)?;
        let mut by_day: Vec<(i64, i128)> =
            trades.iter().zip(nets).map(|(trade, net)| (trade.day, net)).collect();
        by_day.sort_unstable();
        let blocks: Vec<Block> = by_day
            .chunk_by(|(day, _), (next, _)| day == next)
            .map(|day| Block { sum: day.iter().map(|(_, net)| net).sum(), trades: day.len() as u64 })
            .collect();
        room(&blocks).ok_or(Undefined::TooManyDigits)?;
        let total = blocks.iter().fold(Block::default(), |total, block| total.and(*block));
        Ok(Self { blocks, total, unit })
    }

    fn draw(&self, options: &Options) -> Vec<Block> {
        let days = self.blocks.len();
        let draws = options.bootstrap_draws;
        if days < 2 || draws.checked_mul(days).is_none_or(|steps| steps > BLOCK_LIMIT) {
            return Vec::new();
        }
        let mut random = SplitMix64::new(options.seed);
        let mut draw = |sample: Block| {
            let block = self.blocks.get(random.index_below(days)).copied();
            sample.and(block.unwrap_or_default())
        };
        (0..draws).map(|_| (0..days).fold(Block::default(), |sample, _| draw(sample))).collect()
    }

    fn mean(&self, block: Block) -> Option<Fraction> {
        block.sum.exact(self.unit).checked_div(&i128::from(block.trades).exact(1))
    }
}

/// Some if twice the largest sum of a draw times the largest number of its trades fits into 128 bits.
fn room(blocks: &[Block]) -> Option<i128> {
    let days = i128::try_from(blocks.len()).ok()?;
    let largest = blocks.iter().map(|block| block.sum.unsigned_abs()).max().unwrap_or(0);
    let longest = blocks.iter().map(|block| block.trades).max().unwrap_or(0);
    let sum = i128::try_from(largest).ok()?.checked_mul(days)?;
    sum.checked_mul(2)?.checked_mul(i128::from(longest))?.checked_mul(days)
}
