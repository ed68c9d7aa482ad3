//! Figures of daily returns, on a calendar in which idle days count.

mod returns;
mod sessions;

use std::collections::BTreeMap;

use ledger::Decimal;
use time::Date;

use crate::catalogue::figures;
use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;
use returns::Returns;

/// Sessions in a year.
const SESSIONS_A_YEAR: f64 = 252.0;
/// The mean length of a year in days.
const DAYS_A_YEAR: f64 = 365.25;
/// Calendar days below which nothing is projected onto a year.
const SHORTEST: u64 = 90;

pub(crate) const ABOUT: &str = "\
r is the return of a session: its P&L / (equity before it + its deposits and withdrawals). I = product(1 + r) is the
index of an account without flows. Everything but the counts is null with `no-trades` without a day,
`no-opening-equity` without an equity above zero, and `equity-lost` once the losses have used it up.";

figures! {
    /// What the daily returns of an account came to.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct DailySummary, METRICS {
        days: u64 = {
            name: "Sessions",
            unit: "count",
            formula: "sessions from the first to the last day",
            edges: "Days without trades are sessions with r = 0; dropping them inflates the Sharpe ratio.",
            source: "GIPS 2020",
            elsewhere: "Nautilus drops them.",
        },
        sharpe: Metric<f64> = {
            name: "Sharpe ratio",
            unit: "ratio",
            formula: "mean(r) / sd(r) x sqrt(252)",
            edges: "Null with `too-few-sessions` below 2 and `zero-variance`.",
            source: "Sharpe, The Sharpe ratio, 1994",
            elsewhere: "backtesting.py: geometric (3.07 instead of 4.17); empyrical, quantstats and vectorbt give inf at no variance.",
        },
        sortino: Metric<f64> = {
            name: "Sortino ratio",
            unit: "ratio",
            formula: "mean(r) / sqrt(mean(min(r, 0)^2)) x sqrt(252), the mean over all sessions",
            edges: "Null with `no-downside` when no day lost.",
            source: "Sortino and Price, Performance measurement in a downside risk framework, 1994",
            elsewhere: "many journals divide by the deviation of the losing days.",
        },
        calmar: Metric<f64> = {
            name: "Calmar ratio",
            unit: "ratio",
            formula: "CAGR / max drawdown of I",
            edges: "Null with `no-drawdown`, and `too-short` under 90 days.",
            source: "Young, Calmar ratio, 1991, there over 36 months",
            elsewhere: "quantstats fails with a division by zero; ffn gives inf.",
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
            edges: "Null with `too-few-sessions` below 2.",
            source: "common usage",
        },
        twr: Metric<f64> = {
            name: "Time-weighted return",
            unit: "share",
            formula: "I - 1",
            edges: "Null with `equity-lost` once the equity is gone.",
            source: "GIPS 2020",
        },
    }
}

/// The figures of net P&L by day, all in one currency, on top of the equity before the first day.
pub fn daily(pnl: &BTreeMap<Date, Decimal>, opening_equity: Option<Decimal>) -> DailySummary {
    let calendar_days = sessions::calendar_days(pnl);
    let days = sessions::count(pnl);
    match Returns::of(pnl, opening_equity, days) {
        Ok(returns) => summary(&returns, days, calendar_days),
        Err(undefined) => nothing(days, undefined),
    }
}

fn summary(returns: &Returns, days: u64, calendar_days: u64) -> DailySummary {
    let annual = SESSIONS_A_YEAR.sqrt();
    let enough = if days < 2 { Err(Undefined::TooFewSessions { needed: 2 }) } else { Ok(()) };
    let cagr = cagr(returns.index, calendar_days);
    DailySummary {
        days,
        sharpe: enough.and_then(|()| match returns.deviation() {
            0.0 => Err(Undefined::ZeroVariance),
            deviation => Ok(returns.mean() / deviation * annual),
        }),
        sortino: enough.and_then(|()| match returns.downside() {
            0.0 => Err(Undefined::NoDownside),
            downside => Ok(returns.mean() / downside * annual),
        }),
        calmar: cagr.and_then(|growth| match returns.drawdown {
            0.0 => Err(Undefined::NoDrawdown),
            drawdown => Ok(growth / drawdown),
        }),
        cagr,
        volatility: enough.map(|()| returns.deviation() * annual),
        twr: Ok(returns.index - 1.0),
    }
}

fn cagr(index: f64, calendar_days: u64) -> Metric<f64> {
    if calendar_days < SHORTEST {
        return Err(Undefined::TooShort { days: calendar_days });
    }
    Ok(index.powf(DAYS_A_YEAR / approximate(calendar_days)) - 1.0)
}

const fn nothing(days: u64, undefined: Undefined) -> DailySummary {
    DailySummary {
        days,
        sharpe: Err(undefined),
        sortino: Err(undefined),
        calmar: Err(undefined),
        cagr: Err(undefined),
        volatility: Err(undefined),
        twr: Err(undefined),
    }
}
