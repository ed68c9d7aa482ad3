//! What each figure means, for help texts and documentation.

/// One figure in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricDescription {
    /// The name of its field in [`crate::Summary`] or [`crate::DailySummary`].
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// `count`, `money`, `quantity`, `share` (0.5 is 50 %), `ratio`, `R`, `seconds` or `deviations`.
    pub unit: &'static str,
    /// How it is made.
    pub formula: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
}

const fn metric(
    id: &'static str,
    title: &'static str,
    unit: &'static str,
    formula: &'static str,
    source: &'static str,
) -> MetricDescription {
    MetricDescription { id, title, unit, formula, source }
}

const USAGE: &str = "common usage";

/// Every figure of a [`crate::Summary`], then those of a [`crate::DailySummary`].
pub static METRICS: &[MetricDescription] = &[
    metric("trades", "Closed trades", "count", "round trips from flat to flat that are over", USAGE),
    metric("wins", "Wins", "count", "trades with net > tolerance", USAGE),
    metric("losses", "Losses", "count", "trades with net < -tolerance", USAGE),
    metric("scratches", "Scratches", "count", "trades with |net| <= tolerance", USAGE),
    metric("gross", "Gross P&L", "money", "sum of P&L before costs", USAGE),
    metric("net", "Net P&L", "money", "sum of P&L after costs", USAGE),
    metric("commissions", "Commissions", "money", "sum of commissions", USAGE),
    metric("fees", "Fees", "money", "sum of fees other than commissions", USAGE),
    metric("gross_profit", "Sum of wins", "money", "sum of net over the wins", USAGE),
    metric("gross_loss", "Sum of losses", "money", "-sum of net over the losses", USAGE),
    metric("volume", "Volume", "quantity", "sum of quantities bought and sold", USAGE),
    metric("win_rate", "Win rate", "share", "wins / trades", "interval: Wilson 1927"),
    metric(
        "win_rate_without_scratches",
        "Win rate without scratches",
        "share",
        "wins / (wins + losses)",
        USAGE,
    ),
    metric("profit_factor", "Profit factor", "ratio", "sum of wins / sum of losses", USAGE),
    metric("payoff_ratio", "Payoff ratio", "ratio", "average win / -average loss", USAGE),
    metric("expectancy", "Expectancy", "money", "net / trades", "interval: percentile bootstrap, Efron 1979"),
    metric(
        "expectancy_r",
        "Expectancy in R",
        "R",
        "mean(net / risk)",
        "Tharp, Trade Your Way to Financial Freedom",
    ),
    metric("average_win", "Average win", "money", "sum of wins / wins", USAGE),
    metric("average_loss", "Average loss", "money", "-sum of losses / losses", USAGE),
    metric("largest_win", "Largest win", "money", "max(net) over the wins", USAGE),
    metric("largest_loss", "Largest loss", "money", "min(net) over the losses", USAGE),
    metric(
        "longest_win_streak",
        "Longest win streak",
        "count",
        "most wins in a row; a scratch ends it",
        USAGE,
    ),
    metric(
        "longest_loss_streak",
        "Longest loss streak",
        "count",
        "most losses in a row; a scratch ends it",
        USAGE,
    ),
    metric(
        "max_drawdown",
        "Max drawdown",
        "money",
        "max(peak - later value) of cumulative net, start included",
        USAGE,
    ),
    metric("recovery_factor", "Recovery factor", "ratio", "net / max drawdown", USAGE),
    metric(
        "standard_deviation",
        "Standard deviation",
        "money",
        "sqrt(sum((net - mean)^2) / (trades - 1))",
        USAGE,
    ),
    metric(
        "sqn",
        "System quality number",
        "ratio",
        "sqrt(trades) * mean(net) / deviation(net)",
        "after Tharp, in money",
    ),
    metric(
        "sqn_r",
        "System quality number in R",
        "ratio",
        "sqrt(n) * mean(R) / deviation(R)",
        "Tharp, Definitive Guide to Position Sizing",
    ),
    metric(
        "kelly",
        "Kelly fraction",
        "share",
        "p - (1 - p) / payoff, p = wins / (wins + losses)",
        "Kelly 1956",
    ),
    metric(
        "z_score",
        "Z-score of streaks",
        "deviations",
        "(N (R - 0.5) - P) / sqrt(P (P - N) / (N - 1)), P = 2 W L, N = W + L, R = runs",
        "Vince 1990",
    ),
    metric("average_hold_seconds", "Average holding time", "seconds", "mean(last fill - first fill)", USAGE),
    metric(
        "exposure",
        "Time in the market",
        "share",
        "time with an open trade / time from first opening to last closing",
        USAGE,
    ),
    metric(
        "days",
        "Sessions",
        "count",
        "Mondays to Fridays from first to last day, and other days with P&L",
        USAGE,
    ),
    metric("sharpe", "Sharpe ratio", "ratio", "mean(r) / deviation(r) * sqrt(252)", "Sharpe 1994"),
    metric(
        "sortino",
        "Sortino ratio",
        "ratio",
        "mean(r) / sqrt(mean(min(r, 0)^2)) * sqrt(252)",
        "Sortino and Price 1994",
    ),
    metric("calmar", "Calmar ratio", "ratio", "CAGR / max drawdown of product(1 + r)", "Young 1991"),
    metric("cagr", "Compound annual growth", "share", "product(1 + r)^(365.25 / calendar days) - 1", USAGE),
    metric("volatility", "Volatility", "share", "deviation(r) * sqrt(252)", USAGE),
    metric("twr", "Time-weighted return", "share", "product(1 + r) - 1", USAGE),
];
