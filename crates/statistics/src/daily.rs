//! Figures of daily returns, on a calendar in which idle days count.

mod account;
mod course;
mod curve;
mod index;
mod k_ratio;
mod money_weighted;
mod returns;
mod sessions;
mod summary;
mod tails;

use ledger::Fraction;
use time::Date;

use crate::catalogue::figures;
use crate::ratio::{ProfitFactor, Ratio};
use crate::undefined::Metric;

pub use account::{DailyAccount, DailyOptions, Sessions};
pub(crate) use curve::{CURVE, SPELLS};
pub use curve::{DrawdownSpell, EquityDay, drawdown_spells, equity_curve};
pub use money_weighted::MoneyWeighted;

/// The deepest fall of a daily curve below a peak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayFall {
    /// How deep it was, above 0: in money, or as a share of the peak.
    pub depth: Fraction,
    /// The last day at the peak; the day before the period for its start.
    pub from: Date,
    /// The first day at the lowest value.
    pub to: Date,
    /// The first day back at the peak; `None` if it is still below.
    pub recovered_on: Option<Date>,
}

pub(crate) const ABOUT: &str = "\
r is the return of a session: its P&L / (equity at the end of the session before + deposits - withdrawals), 0 where
there is no equity. I = product(1 + r) is the index of an account without flows. Whatever is projected onto a year is
null with `too-short` under 90 calendar days, and 252 stands for the sessions of a year, a setting like the risk-free
rate. Everything but counts and money is null with `no-trades` without a day, `no-opening-equity` without an equity
above zero, and `equity-lost` once the losses have used it up.";

figures! {
    /// What the daily returns of an account came to.
    #[derive(Debug, Clone, PartialEq)]
    pub struct DailySummary, METRICS {
        days: u64 = {
            name: "Sessions",
            unit: "count",
            formula: "sessions from the first to the last day",
            edges: "Days without trades are sessions with r = 0: dropping them turns a Sharpe ratio of 0.97 into 2.16 for one trade day a week.",
            source: "GIPS 2020",
            elsewhere: "Nautilus drops them.",
        },
        days_won: u64 = {
            name: "Days won",
            unit: "count",
            formula: "sessions with P&L > 0",
            edges: "0 without any.",
            source: "common usage",
        },
        days_lost: u64 = {
            name: "Days lost",
            unit: "count",
            formula: "sessions with P&L < 0",
            edges: "0 without any.",
            source: "common usage",
        },
        days_flat: u64 = {
            name: "Days flat",
            unit: "count",
            formula: "sessions with P&L = 0",
            edges: "Idle days count.",
            source: "common usage",
        },
        calendar_days: u64 = {
            name: "Calendar days",
            unit: "days",
            formula: "days from the first to the last, both included",
            edges: "0 without any.",
            source: "common usage",
        },
        under_one_year: bool = {
            name: "Under one year",
            unit: "flag",
            formula: "calendar days < 365",
            edges: "GIPS does not allow annualising such a period: whatever is shown for a year is to be marked.",
            source: "GIPS 2020",
        },
        end_equity: Metric<Fraction> = {
            name: "Equity at the end",
            unit: "money",
            formula: "opening equity + flows + P&L",
            edges: "Null with `no-opening-equity`.",
            source: "common usage",
        },
        twr: Metric<Ratio> = {
            name: "Time-weighted return",
            unit: "share",
            formula: "I - 1",
            edges: "Exact. Null with `equity-lost` once the equity is gone.",
            source: "GIPS 2020",
        },
        mwr: Metric<MoneyWeighted> = {
            name: "Money-weighted return",
            unit: "share",
            formula: "the rate at which sum(payment x (1 + rate)^(-days / 365)) = 0: opening equity and flows paid in, equity at the end paid out",
            edges: "Flagged where payments change their direction more than once: there may be several rates. Null with `no-rate` when they never do, and `too-short` under 90 days.",
            source: "XIRR, ACT/365",
            elsewhere: "agrees with pyxirr to 1e-15.",
        },
        cagr: Metric<f64> = {
            name: "Compound annual growth",
            unit: "share",
            formula: "I^(365.25 / calendar days) - 1",
            edges: "Null with `too-short` under 90 days.",
            source: "GIPS 2020",
            elsewhere: "empyrical, quantstats, vectorbt and Nautilus: sessions / 252 (0.817 instead of 0.927).",
        },
        volatility: Metric<f64> = {
            name: "Volatility",
            unit: "share",
            formula: "sd(r) x sqrt(252)",
            edges: "Null with `too-few-sessions` below 2 and `too-short` under 90 days.",
            source: "common usage",
        },
        sharpe: Metric<f64> = {
            name: "Sharpe ratio",
            unit: "ratio",
            formula: "(mean(r) - rf) / sd(r) x sqrt(252), rf = (1 + risk-free rate)^(1 / 252) - 1",
            edges: "Null with `too-few-sessions` below 2, `zero-variance`, and `too-short` under 90 days. The root presumes returns without autocorrelation (Lo 2002).",
            source: "Sharpe, The Sharpe ratio, 1994",
            elsewhere: "backtesting.py: geometric (3.07 instead of 4.17); at no variance empyrical, quantstats and vectorbt give inf.",
        },
        sortino: Metric<f64> = {
            name: "Sortino ratio",
            unit: "ratio",
            formula: "(mean(r) - rf) / sqrt(mean(min(r - rf, 0)^2)) x sqrt(252), the mean over all sessions",
            edges: "Null with `no-downside` when no day fell short, and `too-short` under 90 days.",
            source: "Sortino and Price, Performance measurement in a downside risk framework, 1994",
            elsewhere: "many journals divide by the deviation of the losing days; backtesting.py: geometric.",
        },
        calmar: Metric<f64> = {
            name: "Calmar ratio",
            unit: "ratio",
            formula: "CAGR / max drawdown of I",
            edges: "Null with `no-drawdown`, and `too-short` under 90 days.",
            source: "Young, Calmar ratio, 1991, there over 36 months",
            elsewhere: "quantstats fails with a division by zero; ffn gives inf.",
        },
        omega: Metric<ProfitFactor> = {
            name: "Omega ratio",
            unit: "ratio",
            formula: "sum(max(r, 0)) / sum(max(-r, 0))",
            edges: "Exact. Infinite without a losing day, null with `only-scratches` when all returns are 0.",
            source: "Keating and Shadwick, A universal performance measure, 2002",
            elsewhere: "vectorbt gives inf even for all zero; quantstats and empyrical give nan without a loss.",
        },
        max_drawdown: Metric<DayFall> = {
            name: "Max drawdown",
            unit: "money",
            formula: "max(peak - later value) of cumulative P&L, the start included",
            edges: "Free of flows: a withdrawal is no drawdown. Null with `no-drawdown`, which may be shown as 0.",
            source: "common usage",
        },
        max_drawdown_share: Metric<DayFall> = {
            name: "Max drawdown, share",
            unit: "share",
            formula: "max((peak - later value) / peak) of I, the start included",
            edges: "Exact, and not always the fall that is the largest in money. Null with `no-drawdown`.",
            source: "common usage",
            elsewhere: "vectorbt leaves out the start: a loss of 10 % on the first day gives 0.",
        },
        longest_drawdown_sessions: Metric<u64> = {
            name: "Longest drawdown, sessions",
            unit: "sessions",
            formula: "most sessions from a peak of I to its recovery, or to the end",
            edges: "0 when I never fell.",
            source: "common usage",
            elsewhere: "ffn: from the first day under water; quantstats: days under water + 1.",
        },
        longest_drawdown_days: Metric<u64> = {
            name: "Longest drawdown, days",
            unit: "days",
            formula: "most calendar days from a peak of I to its recovery, or to the end",
            edges: "The start is the day before the first. 0 when I never fell.",
            source: "common usage",
        },
        ulcer: Metric<f64> = {
            name: "Ulcer index",
            unit: "percent",
            formula: "sqrt(mean((100 (peak - I) / peak)^2)) over the start and all sessions",
            edges: "0 when I never fell.",
            source: "Martin and McCann, The Investor's Guide to Fidelity Funds, 1989; tangotools.com/ui",
            elsewhere: "quantstats: / (n - 1) and as a fraction; vectorbt leaves out the start.",
        },
        upi: Metric<f64> = {
            name: "Ulcer performance index",
            unit: "ratio",
            formula: "100 (CAGR - risk-free rate) / Ulcer index",
            edges: "Null with `no-drawdown`, and `too-short` under 90 days.",
            source: "Martin and McCann, The Investor's Guide to Fidelity Funds, 1989",
            elsewhere: "quantstats takes the total return.",
        },
        recovery_factor: Metric<Ratio> = {
            name: "Recovery factor",
            unit: "ratio",
            formula: "sum of P&L / max drawdown in money",
            edges: "Keeps the sign of the sum. Null with `no-drawdown`.",
            source: "common usage",
            elsewhere: "quantstats: |sum of returns| / drawdown, which is positive for a losing account.",
        },
        value_at_risk: Metric<Ratio> = {
            name: "Value at risk 95 %",
            unit: "share",
            formula: "5 % quantile of r (type 7)",
            edges: "Below 0 for a loss. Says little for few sessions.",
            source: "Hyndman and Fan, Sample quantiles, 1996",
            elsewhere: "quantstats: of a normal distribution.",
        },
        expected_shortfall: Metric<Ratio> = {
            name: "Expected shortfall 95 %",
            unit: "share",
            formula: "mean of r <= value at risk",
            edges: "Below 0 for a loss. Says little for few sessions.",
            source: "Rockafellar and Uryasev, Optimization of conditional value-at-risk, 2000",
            elsewhere: "empyrical and vectorbt: the lowest int((n - 1) x 5 %) + 1 values.",
        },
        tail_ratio: Metric<Ratio> = {
            name: "Tail ratio",
            unit: "ratio",
            formula: "|95 % quantile of r| / |5 % quantile of r|",
            edges: "Null with `zero-quantile`.",
            source: "common usage",
            elsewhere: "vectorbt gives inf at 0 / 0.",
        },
        k_ratio_1996: Metric<f64> = {
            name: "K-ratio of 1996",
            unit: "ratio",
            formula: "t / sqrt(n), t = slope / standard error of ln I on 1..n",
            edges: "Null with `too-few-sessions` below 3 and `straight-line` for a perfect line.",
            source: "Kestner; thesystematictrader.com 2013-04-22",
            elsewhere: "name the year: 2.25, 0.45 and 7.15 are of one curve.",
        },
        k_ratio_2003: Metric<f64> = {
            name: "K-ratio of 2003",
            unit: "ratio",
            formula: "t / n",
            edges: "Null like `k_ratio_1996`.",
            source: "Kestner, Quantitative Trading Strategies, 2003",
        },
        k_ratio_2013: Metric<f64> = {
            name: "K-ratio of 2013",
            unit: "ratio",
            formula: "t x sqrt(252) / n",
            edges: "Null like `k_ratio_1996`, and `too-short` under 90 days.",
            source: "Kestner; thesystematictrader.com 2013-04-22",
        },
        best_day_share: Metric<Ratio> = {
            name: "Consistency",
            unit: "share",
            formula: "P&L of the best day / sum of P&L",
            edges: "Null with `no-profit` when the sum is not above 0. What a firm allows, 30 to 50 %, and whether equality passes, is its setting.",
            source: "help.futures.topstep.com; propfirmhero.com",
        },
        best_day_of_limit: Metric<Ratio> = {
            name: "Best day of its limit",
            unit: "share",
            formula: "P&L of the best day / limit of a day",
            edges: "Null with `no-limit`, and `no-profit` when no day won.",
            source: "propfirmhero.com",
        },
        probabilistic_sharpe: Metric<f64> = {
            name: "Probability of skill",
            unit: "probability",
            formula: "`psr` of the daily Sharpe ratio against 0",
            edges: "Null with `too-few-sessions` below 3 and `zero-variance`.",
            source: "Bailey and Lopez de Prado, The Sharpe ratio efficient frontier, 2012",
            elsewhere: "quantstats corrects the moments for bias (.9050 instead of .9049).",
        },
    }
}

/// The daily figures of an account.
pub fn daily(account: &DailyAccount<'_>, options: &DailyOptions) -> DailySummary {
    match course::Course::of(account) {
        Some(course) => summary::of(&course, account.opening_equity.is_some(), options),
        None => summary::nothing(),
    }
}
