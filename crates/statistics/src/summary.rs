//! [`Summary`]: the figures of a set of closed trades.

mod assembly;

use ledger::Fraction;

use crate::catalogue::figures;
use crate::drawdown::Drawdown;
use crate::estimate::{Estimate, MoneyEstimate};
use crate::ratio::{ProfitFactor, Ratio};
use crate::undefined::Metric;

pub use assembly::summarize;

pub(crate) const ABOUT: &str = "\
x is the net P&L of a closed trade in the account's currency, in the order of closing; a trade wins above the breakeven
tolerance, loses below its negative and is a scratch between. n, W, L and B count all, won, lost and scratched trades.
Counts and sums always exist; everything else is null with `no-trades` when n = 0.";

figures! {
    /// What a set of closed trades came to. Money is in the one currency of the trades.
    ///
    /// Sums and counts always exist; everything else is a [`Metric`] and is
    /// [`Undefined::NoTrades`](crate::Undefined::NoTrades) for no trades.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Summary, METRICS {
        trades: u64 = {
            name: "Closed trades",
            unit: "count",
            formula: "n",
            edges: "0 without trades.",
            source: "common usage",
        },
        wins: u64 = {
            name: "Wins",
            unit: "count",
            formula: "W = number of x > tolerance",
            edges: "0 without trades.",
            source: "common usage",
        },
        losses: u64 = {
            name: "Losses",
            unit: "count",
            formula: "L = number of x < -tolerance",
            edges: "0 without trades.",
            source: "common usage",
            elsewhere: "Nautilus 1.221 counts scratches as losers in its average loss.",
        },
        scratches: u64 = {
            name: "Scratches",
            unit: "count",
            formula: "B = number of |x| <= tolerance",
            edges: "0 without trades. The tolerance is a setting, 0 unless chosen, and applies after costs.",
            source: "common usage",
        },
        gross: Fraction = {
            name: "Gross P&L",
            unit: "money",
            formula: "sum of direction x quantity x multiplier x (f(exit) - f(entry)), f(p) = p, for inverse contracts -1/p",
            edges: "0 without trades.",
            source: "common usage",
            elsewhere: "pyfolio calls the sum of the winners gross profit and knows no fees.",
        },
        net: Fraction = {
            name: "Net P&L",
            unit: "money",
            formula: "sum of x = gross - commissions - fees + funding",
            edges: "0 without trades.",
            source: "common usage",
        },
        commissions: Fraction = {
            name: "Commissions",
            unit: "money",
            formula: "sum of commissions",
            edges: "0 without trades; a rebate counts below 0.",
            source: "common usage",
        },
        fees: Fraction = {
            name: "Fees",
            unit: "money",
            formula: "sum of fees other than commissions",
            edges: "0 without trades; a rebate counts below 0.",
            source: "common usage",
        },
        gross_profit: Fraction = {
            name: "Sum of wins",
            unit: "money",
            formula: "sum of x over the wins",
            edges: "0 without a win.",
            source: "common usage",
        },
        gross_loss: Fraction = {
            name: "Sum of losses",
            unit: "money",
            formula: "-(sum of x over the losses)",
            edges: "0 without a loss; never negative.",
            source: "common usage",
        },
        volume: Fraction = {
            name: "Volume",
            unit: "quantity",
            formula: "sum of quantities bought and sold",
            edges: "0 without trades.",
            source: "common usage",
        },
        win_rate: Metric<Estimate> = {
            name: "Win rate",
            unit: "share",
            formula: "W / n, with the 95 % Wilson score interval",
            edges: "Scratches count as not won.",
            source: "Wilson, Probable inference, 1927 (interval)",
            elsewhere: "quantstats drops days of 0 (0.591 instead of 0.542 on the same days); Nautilus counts scratches in n.",
        },
        win_rate_without_scratches: Metric<Ratio> = {
            name: "Win rate without scratches",
            unit: "share",
            formula: "W / (W + L)",
            edges: "Null with `only-scratches` when nothing won or lost.",
            source: "common usage",
        },
        profit_factor: Metric<ProfitFactor> = {
            name: "Profit factor",
            unit: "ratio",
            formula: "sum of wins / sum of losses",
            edges: "Infinite with a win and no loss, 0 with a loss and no win, null with `only-scratches` with neither.",
            source: "common usage",
            elsewhere: "quantstats and Nautilus take returns instead of P&L; backtesting.py takes % returns and gives nan; quantstats gives 0 with neither.",
        },
        payoff_ratio: Metric<Ratio> = {
            name: "Payoff ratio",
            unit: "ratio",
            formula: "average win / -(average loss)",
            edges: "Null with `no-wins` or `no-losses` when a side is missing.",
            source: "common usage",
        },
        expectancy: Metric<MoneyEstimate> = {
            name: "Expectancy",
            unit: "money",
            formula: "mean(x), with the 95 % interval of the percentile bootstrap: 1000 draws, SplitMix64, index = (u64 x n) >> 64, type-7 quantiles",
            edges: "Scratches count as 0 in n. No interval for a single trade and above 10,000 trades.",
            source: "Efron, Bootstrap methods, 1979 (interval); Hyndman and Fan, 1996 (quantiles)",
            elsewhere: "backtesting.py: in %; Nautilus drops scratches from the weights only (35.43 instead of 33.96).",
        },
        expectancy_interval: Metric<[Fraction; 2]> = {
            name: "Interval of expectancy",
            unit: "money",
            formula: "2.5 % and 97.5 % quantiles (type 7) of the means of 1000 draws of n trades, SplitMix64 from seed 42, index = (u64 x n) >> 64",
            edges: "Null with `too-few-trades` for one trade, `too-many-trades` above the limit (10,000 unless chosen), `no-draws` when none were asked for. Trades of one day are dependent, which makes it too narrow: see `day_block_expectancy`.",
            source: "Efron, Bootstrap methods, 1979; Hyndman and Fan, Sample quantiles, 1996",
        },
        expectancy_r: Metric<Estimate> = {
            name: "Expectancy in R",
            unit: "R",
            formula: "mean(x / risk), risk = |entry - stop| x quantity x multiplier at the opening",
            edges: "Trades without a stop do not take part; the estimate's n tells how many did. Null with `no-risk` when none did.",
            source: "Tharp, Trade Your Way to Financial Freedom",
            elsewhere: "none of the usual libraries has it.",
        },
        r_coverage: Metric<Ratio> = {
            name: "Trades with a stop",
            unit: "share",
            formula: "number of trades with risk > 0 / n",
            edges: "0 when no trade has a stop: figures in R do not exist then.",
            source: "common usage",
        },
        average_win: Metric<Fraction> = {
            name: "Average win",
            unit: "money",
            formula: "sum of wins / W",
            edges: "Null with `no-wins`.",
            source: "common usage",
        },
        average_loss: Metric<Fraction> = {
            name: "Average loss",
            unit: "money",
            formula: "-(sum of losses) / L",
            edges: "At most 0. Null with `no-losses`.",
            source: "common usage",
            elsewhere: "Nautilus 1.221 counts scratches as losers (-80.9 instead of -89) and returns 0 without losers.",
        },
        largest_win: Metric<Fraction> = {
            name: "Largest win",
            unit: "money",
            formula: "max(x) over the wins",
            edges: "Null with `no-wins`.",
            source: "common usage",
        },
        largest_loss: Metric<Fraction> = {
            name: "Largest loss",
            unit: "money",
            formula: "min(x) over the losses",
            edges: "Below 0. Null with `no-losses`.",
            source: "common usage",
            elsewhere: "pyfolio's largest loser can be a winner.",
        },
        longest_win_streak: u64 = {
            name: "Longest win streak",
            unit: "count",
            formula: "most wins in a row",
            edges: "A scratch ends a streak.",
            source: "common usage",
            elsewhere: "quantstats counts days, of which zeros end a run.",
        },
        longest_loss_streak: u64 = {
            name: "Longest loss streak",
            unit: "count",
            formula: "most losses in a row",
            edges: "A scratch ends a streak.",
            source: "common usage",
            elsewhere: "quantstats counts days, of which zeros end a run.",
        },
        max_drawdown: Metric<Drawdown> = {
            name: "Max drawdown",
            unit: "money",
            formula: "max(peak - later value) of opening equity + cumulative x, the start included",
            edges: "Null with `no-drawdown` when the curve never fell, which may be shown as 0.",
            source: "common usage",
            elsewhere: "vectorbt leaves out the start, so that a loss of the first day is no drawdown.",
        },
        recovery_factor: Metric<Ratio> = {
            name: "Recovery factor",
            unit: "ratio",
            formula: "net / max drawdown",
            edges: "Keeps the sign of net. Null with `no-drawdown`.",
            source: "common usage",
            elsewhere: "quantstats: |sum of returns| / drawdown, which is positive for a losing account.",
        },
        standard_deviation: Metric<f64> = {
            name: "Standard deviation",
            unit: "money",
            formula: "sqrt(sum((x - mean(x))^2) / (n - 1))",
            edges: "Null with `too-few-trades` below 2; 0 when all are equal.",
            source: "common usage",
        },
        sqn: Metric<f64> = {
            name: "System quality number in money",
            unit: "ratio",
            formula: "sqrt(n) x mean(x) / standard deviation",
            edges: "Null with `too-few-trades` below 2 and `zero-variance` when all are equal; says little under 30.",
            source: "after Tharp, in money as vectorbt and backtesting.py have it",
            elsewhere: "vectorbt gives inf at no deviation.",
        },
        sqn_r: Metric<f64> = {
            name: "System quality number",
            unit: "ratio",
            formula: "sqrt(n) x mean(R) / standard deviation(R), R = x / risk",
            edges: "n counts trades with a stop. Null with `no-risk`, `too-few-trades` and `zero-variance`; says little under 30.",
            source: "Tharp, Definitive Guide to Position Sizing, 2008",
            elsewhere: "vectorbt and backtesting.py use money; one vendor only winners.",
        },
        sqn_r_100: Metric<f64> = {
            name: "System quality number, capped",
            unit: "ratio",
            formula: "sqrt(min(n, 100)) x mean(R) / standard deviation(R)",
            edges: "Makes systems of many and of few trades comparable. Null like `sqn_r`.",
            source: "Tharp, Definitive Guide to Position Sizing, 2008",
        },
        kelly: Metric<Ratio> = {
            name: "Kelly fraction",
            unit: "share",
            formula: "p - (1 - p) / payoff, p = W / (W + L)",
            edges: "Below 0 when the trades lose. Null with `no-wins` or `no-losses`.",
            source: "Kelly, A new interpretation of information rate, 1956",
            elsewhere: "backtesting.py: p = W / n (0.231 instead of 0.270).",
        },
        z_score: Metric<f64> = {
            name: "Z-score of streaks",
            unit: "deviations",
            formula: "(N (R - 0.5) - P) / sqrt(P (P - N) / (N - 1)), N = W + L, P = 2 W L, R = runs",
            edges: "Scratches are left out. Below 0: streaks; above 0: alternation. Null with `no-wins`, `no-losses`, and `too-few-trades` for one of each; says little under 30.",
            source: "Vince, Portfolio Management Formulas, 1990; mql5.com/en/articles/1492",
            elsewhere: "the half is always added, which is the wrong side when R is above its mean: 4.36 for 20 alternating trades.",
        },
        z_score_corrected: Metric<f64> = {
            name: "Z-score of streaks, corrected",
            unit: "deviations",
            formula: "(R - E -+ 0.5) / sd, E = 1 + P / N, sd = sqrt(P (P - N) / (N - 1)) / N, the half towards the mean",
            edges: "0 when R is within half a run of its mean. Null like `z_score`.",
            source: "Wald and Wolfowitz, On a test whether two samples are from the same population, 1940; influentialpoints.com (correction)",
            elsewhere: "3.91 for 20 alternating trades, where `z_score` says 4.36.",
        },
        z_score_plain: Metric<f64> = {
            name: "Z-score of streaks, uncorrected",
            unit: "deviations",
            formula: "(R - E) / sd, E = 1 + P / N, sd = sqrt(P (P - N) / (N - 1)) / N",
            edges: "0 when R is its mean. Null like `z_score`.",
            source: "Wald and Wolfowitz, On a test whether two samples are from the same population, 1940",
            elsewhere: "4.14 for 20 alternating trades.",
        },
        average_hold_seconds: Metric<Ratio> = {
            name: "Average holding time",
            unit: "seconds",
            formula: "mean(last fill - first fill)",
            edges: "Open trades do not take part.",
            source: "common usage",
        },
        exposure: Metric<Ratio> = {
            name: "Time in the market",
            unit: "share",
            formula: "length of the union of all [first fill, last fill] / (last closing - first opening)",
            edges: "Overlaps count once. Null with `no-duration` when everything happened at one instant.",
            source: "common usage",
            elsewhere: "quantstats: share of days that are not 0, rounded up to 1 %; backtesting.py counts bars.",
        },
    }
}
