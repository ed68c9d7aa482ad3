//! What the paths came to, as a person reads it.

use ledger::Fraction;

use super::{FanPoint, Quantiles, Resampling};
use crate::catalogue::figures;
use crate::estimate::Estimate;
use crate::undefined::Metric;

/// What could have happened, and how it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct MonteCarlo {
    /// What was dealt.
    pub dealt: Dealt,
    /// What the paths came to.
    pub outcome: PathOutcome,
}

/// What was dealt, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dealt {
    /// How many trades make a path.
    pub trades: u64,
    /// How many paths were dealt.
    pub paths: u64,
    /// The work done: paths times trades.
    pub steps: u64,
    /// The seed of the paths.
    pub seed: u64,
    /// How they were dealt.
    pub resampling: Resampling,
}

pub(crate) const ABOUT: &str = "\
The net P&L of a person's own closed trades, dealt again: with replacement, or in another order. Each figure is over all
paths, given as 5, 25, 50, 75 and 95 % quantiles (type 7) or as a share of the paths with its Wilson interval. Trades are
taken for independent; those of a streak or a day are not, so that true drawdowns are deeper. All of it is null with
`no-trades` without a trade or a path, and with `too-many-digits` when sums over the common denominator do not
fit into 128 bits.";

figures! {
    /// What the paths came to.
    #[derive(Debug, Clone, PartialEq)]
    pub struct PathOutcome, METRICS {
        max_drawdown: Quantiles<Fraction> = {
            name: "Max drawdown of a path",
            unit: "money",
            formula: "max(peak - later equity), start included",
            edges: "0 for a path that never fell.",
            source: "Efron, Bootstrap methods: another look at the jackknife, 1979",
        },
        max_drawdown_percent: Metric<Quantiles<f64>> = {
            name: "Max drawdown of a path as a share",
            unit: "share",
            formula: "max((peak - later equity) / peak), start included",
            edges: "Null with `no-opening-equity` without an opening equity above 0. Above 1 once the losses exceed the equity.",
            source: "Efron, Bootstrap methods: another look at the jackknife, 1979",
        },
        final_equity: Quantiles<Fraction> = {
            name: "Final equity",
            unit: "money",
            formula: "opening equity + sum of the path's x",
            edges: "P&L without an opening equity. The same for all paths when only the order changes.",
            source: "Efron, Bootstrap methods: another look at the jackknife, 1979",
        },
        profitable: Metric<Estimate> = {
            name: "Chance of a profit",
            unit: "probability",
            formula: "paths that end above the start / paths",
            edges: "Always there.",
            source: "interval: Wilson 1927",
        },
        fan: Vec<FanPoint> = {
            name: "Equity fan",
            unit: "money",
            formula: "quantiles of the equity after each of at most 199 evenly spread numbers of trades, and at the start",
            edges: "P&L without an opening equity.",
            source: "common usage",
        },
        ruin: Vec<RuinRisk> = {
            name: "Chance of a loss",
            unit: "probability",
            formula: "paths whose equity is at some time at least that loss below the start / paths",
            edges: "One for each loss asked for; the interval is what the number of paths leaves open, not what the past does.",
            source: "Vince, Portfolio Management Formulas, 1990; interval: Wilson 1927",
        },
    }
}

/// How likely a loss is to be reached at some time along a path.
#[derive(Debug, Clone, PartialEq)]
pub struct RuinRisk {
    /// The loss from the start (money).
    pub loss: Fraction,
    /// The share of paths that reached it, with the interval that the number of paths leaves. It does not hold the
    /// doubt whether the past trades are like the future ones.
    pub probability: Metric<Estimate>,
}
