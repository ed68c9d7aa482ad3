//! Figures of daily returns, on a calendar in which idle days count.

mod returns;
mod sessions;

use std::collections::BTreeMap;

use ledger::Decimal;
use time::Date;

use crate::undefined::{Metric, Undefined};
use crate::wilson::approximate;
use returns::Returns;

/// Sessions in a year.
const SESSIONS_A_YEAR: f64 = 252.0;
/// The mean length of a year in days.
const DAYS_A_YEAR: f64 = 365.25;
/// Calendar days below which nothing is projected onto a year.
const SHORTEST: u64 = 90;

/// What the daily returns r came to. r = P&L of the day / equity before it; deposits and withdrawals are not known
/// here. A session is every day from Monday to Friday between the first and the last day with P&L, and every other
/// day with P&L; a session without P&L has r = 0. Leaving those out would inflate the Sharpe ratio.
///
/// All but `days` are [`Undefined::NoTrades`] without a day, [`Undefined::NoOpeningEquity`] without an opening equity
/// above zero, and [`Undefined::EquityLost`] once the losses have used it up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DailySummary {
    /// Sessions (count).
    pub days: u64,
    /// mean(r) / standard deviation(r) x sqrt(252), no risk-free rate (ratio). Needs two sessions and a deviation.
    /// Source: Sharpe, "The Sharpe ratio", 1994.
    pub sharpe: Metric<f64>,
    /// mean(r) / sqrt(mean(min(r, 0)^2)) x sqrt(252), the mean over all sessions (ratio). Needs two sessions and a
    /// day that lost. Source: Sortino and Price, "Performance measurement in a downside risk framework", 1994.
    pub sortino: Metric<f64>,
    /// CAGR / largest fall of the index product(1 + r) as a share of its peak, the start included (ratio). Needs 90
    /// calendar days and a drawdown. Source: Young, "Calmar ratio", 1991, there over 36 months.
    pub calmar: Metric<f64>,
    /// Compound growth a year: product(1 + r)^(365.25 / calendar days) - 1 (share). Needs 90 calendar days.
    pub cagr: Metric<f64>,
    /// Standard deviation of r as a sample, n - 1, x sqrt(252) (share a year). Needs two sessions.
    pub volatility: Metric<f64>,
    /// Time-weighted return product(1 + r) - 1 (share).
    pub twr: Metric<f64>,
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
