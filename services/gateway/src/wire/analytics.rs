//! Statistics as JSON: estimates with their interval, undefined as null with a reason.

mod filter;

pub(crate) use filter::{BreakdownFilter, StatisticsFilter};

use super::{Money, Time, time};
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A figure estimated from a sample of `n`, with its 95 % interval.
#[derive(Serialize, ToSchema)]
pub(crate) struct Estimate {
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub n: u64,
}

impl From<proto::Estimate> for Estimate {
    fn from(estimate: proto::Estimate) -> Self {
        Self { value: estimate.value, low: estimate.low, high: estimate.high, n: estimate.n }
    }
}

/// An average amount of money in the answer's currency, with its 95 % interval.
#[derive(Serialize, ToSchema)]
pub(crate) struct MoneyEstimate {
    pub value: String,
    pub low: Option<String>,
    pub high: Option<String>,
    pub n: u64,
    pub currency: String,
}

impl MoneyEstimate {
    fn new(estimate: proto::MoneyEstimate, currency: &str) -> Self {
        Self {
            value: estimate.amount,
            low: estimate.low,
            high: estimate.high,
            n: estimate.n,
            currency: currency.to_owned(),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Drawdown {
    pub amount: Money,
    /// Share of the peak, 0..1; null without an opening balance.
    pub percent: Option<f64>,
    pub from: Option<Time>,
    pub to: Option<Time>,
    pub recovered_at: Option<Time>,
}

/// Why a field is null, or how to read it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Note {
    pub code: String,
    pub reason: String,
}

/// Over closed trades of one currency.
#[derive(Serialize, ToSchema)]
pub(crate) struct Summary {
    pub trades: u64,
    pub open_trades: u64,
    pub wins: u64,
    pub losses: u64,
    pub scratches: u64,
    pub win_rate: Option<Estimate>,
    pub gross_pnl: Money,
    pub net_pnl: Money,
    pub commissions: Money,
    pub fees: Money,
    /// A decimal, or `inf` when there are wins and no losses.
    pub profit_factor: Option<String>,
    pub payoff_ratio: Option<f64>,
    pub expectancy: Option<MoneyEstimate>,
    pub expectancy_r: Option<Estimate>,
    pub average_win: Option<Money>,
    pub average_loss: Option<Money>,
    pub largest_win: Option<Money>,
    pub largest_loss: Option<Money>,
    pub longest_win_streak: u64,
    pub longest_loss_streak: u64,
    pub max_drawdown: Option<Drawdown>,
    pub recovery_factor: Option<f64>,
    pub sharpe: Option<f64>,
    pub sortino: Option<f64>,
    pub calmar: Option<f64>,
    pub sqn: Option<f64>,
    pub kelly: Option<f64>,
    pub average_hold_seconds: Option<f64>,
    /// Entered quantity x price x multiplier, summed.
    pub volume: Money,
    pub from: Option<Time>,
    pub to: Option<Time>,
    pub currency: String,
    /// Currencies of matching trades that are not in these figures: ask for each with `currency`.
    pub other_currencies: Vec<String>,
    /// By field: why it is null, or how to read it.
    pub notes: BTreeMap<String, Note>,
}

impl From<proto::Summary> for Summary {
    fn from(s: proto::Summary) -> Self {
        let currency = s.currency;
        let money = |amount: String| Money::new(amount, &currency);
        Self {
            trades: s.trades,
            open_trades: s.open_trades,
            wins: s.wins,
            losses: s.losses,
            scratches: s.scratches,
            win_rate: s.win_rate.map(Estimate::from),
            gross_pnl: money(s.gross_pnl),
            net_pnl: money(s.net_pnl),
            commissions: money(s.commissions),
            fees: money(s.fees),
            profit_factor: s.profit_factor,
            payoff_ratio: s.payoff_ratio,
            expectancy: s.expectancy.map(|estimate| MoneyEstimate::new(estimate, &currency)),
            expectancy_r: s.expectancy_r.map(Estimate::from),
            average_win: s.average_win.map(money),
            average_loss: s.average_loss.map(money),
            largest_win: s.largest_win.map(money),
            largest_loss: s.largest_loss.map(money),
            longest_win_streak: s.longest_win_streak,
            longest_loss_streak: s.longest_loss_streak,
            max_drawdown: s.max_drawdown.map(|drawdown| Drawdown {
                amount: money(drawdown.amount),
                percent: drawdown.percent,
                from: time(drawdown.from),
                to: time(drawdown.to),
                recovered_at: time(drawdown.recovered_at),
            }),
            recovery_factor: s.recovery_factor,
            sharpe: s.sharpe,
            sortino: s.sortino,
            calmar: s.calmar,
            sqn: s.sqn,
            kelly: s.kelly,
            average_hold_seconds: s.average_hold_seconds,
            volume: money(s.volume),
            from: time(s.from),
            to: time(s.to),
            other_currencies: s.other_currencies,
            notes: s.notes.into_iter().map(|n| (n.field, Note { code: n.code, reason: n.reason })).collect(),
            currency,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Equity {
    pub currency: String,
    pub points: Vec<EquityPoint>,
}

/// One day with closed trades, in the account's time zone.
#[derive(Serialize, ToSchema)]
pub(crate) struct EquityPoint {
    pub day: String,
    pub net_pnl: String,
    pub cumulative_net_pnl: String,
    /// Below the highest cumulative P&L so far, as a positive amount.
    pub drawdown: String,
    pub trades: u64,
}

impl From<proto::Equity> for Equity {
    fn from(equity: proto::Equity) -> Self {
        let points = equity.points.into_iter().map(|point| EquityPoint {
            day: point.day,
            net_pnl: point.net_pnl,
            cumulative_net_pnl: point.cumulative_net_pnl,
            drawdown: point.drawdown,
            trades: point.trades,
        });
        Self { points: points.collect(), currency: equity.currency }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Calendar {
    pub currency: String,
    pub days: Vec<CalendarDay>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct CalendarDay {
    pub day: String,
    pub net_pnl: String,
    pub gross_pnl: String,
    pub trades: u64,
    pub wins: u64,
    pub losses: u64,
}

impl From<proto::Calendar> for Calendar {
    fn from(calendar: proto::Calendar) -> Self {
        let days = calendar.days.into_iter().map(|day| CalendarDay {
            day: day.day,
            net_pnl: day.net_pnl,
            gross_pnl: day.gross_pnl,
            trades: day.trades,
            wins: day.wins,
            losses: day.losses,
        });
        Self { days: days.collect(), currency: calendar.currency }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Breakdown {
    pub currency: String,
    pub by: String,
    pub rows: Vec<BreakdownRow>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct BreakdownRow {
    pub key: String,
    pub trades: u64,
    pub wins: u64,
    pub losses: u64,
    pub scratches: u64,
    pub net_pnl: String,
    pub win_rate: Option<Estimate>,
    pub expectancy: Option<MoneyEstimate>,
    pub profit_factor: Option<String>,
}

impl From<proto::Breakdown> for Breakdown {
    fn from(breakdown: proto::Breakdown) -> Self {
        let currency = breakdown.currency;
        let rows = breakdown.rows.into_iter().map(|row| BreakdownRow {
            key: row.key,
            trades: row.trades,
            wins: row.wins,
            losses: row.losses,
            scratches: row.scratches,
            net_pnl: row.net_pnl,
            win_rate: row.win_rate.map(Estimate::from),
            expectancy: row.expectancy.map(|estimate| MoneyEstimate::new(estimate, &currency)),
            profit_factor: row.profit_factor,
        });
        Self { rows: rows.collect(), by: breakdown.by, currency }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Rebuilt {
    pub trades: u64,
    pub accounts: u64,
}
