//! The figures of a set of trades as JSON. Each field is called as the catalogue calls its figure.

use super::{Coverage, DailyFigures, Estimate, MoneyEstimate, Note, notes};
use crate::wire::{Money, Time, time};
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Drawdown {
    pub amount: Money,
    /// Share of the peak, 0..1; null without an opening balance.
    pub percent: Option<f64>,
    pub from: Option<Time>,
    pub to: Option<Time>,
    pub recovered_at: Option<Time>,
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
    /// Sum of the wins.
    pub gross_profit: Money,
    /// Sum of the losses.
    pub gross_loss: Money,
    pub win_rate_without_scratches: Option<f64>,
    pub standard_deviation: Option<f64>,
    /// SQN of R-multiples.
    pub sqn_r: Option<f64>,
    /// Z of the streaks.
    pub z_score: Option<f64>,
    /// Share of the time from the first opening to the last closing in which a trade was open.
    pub exposure: Option<f64>,
    /// Sessions from the first to the last day.
    pub days: u64,
    pub cagr: Option<f64>,
    pub volatility: Option<f64>,
    /// Time-weighted return.
    pub twr: Option<f64>,
    /// Share of the trades with a risk.
    pub r_coverage: Option<f64>,
    pub sqn_r_100: Option<f64>,
    pub z_score_corrected: Option<f64>,
    pub z_score_plain: Option<f64>,
    /// Of the P&L by day.
    pub daily: DailyFigures,
    pub from: Option<Time>,
    pub to: Option<Time>,
    pub currency: String,
    /// What stands where money has its currency: the currency, `R` or `%`.
    pub unit: String,
    pub coverage: Coverage,
    /// Currencies of matching trades that are not in these figures: ask for each with `currency`.
    pub other_currencies: Vec<String>,
    /// By field: why it is null, or how to read it.
    pub notes: BTreeMap<String, Note>,
}

impl From<proto::Summary> for Summary {
    fn from(s: proto::Summary) -> Self {
        let money = |amount: String| Money::new(amount, &s.unit);
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
            expectancy: s.expectancy.map(|estimate| MoneyEstimate::new(estimate, &s.unit)),
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
            volume: Money::new(s.volume, &s.currency),
            gross_profit: money(s.gross_profit),
            gross_loss: money(s.gross_loss),
            win_rate_without_scratches: s.win_rate_without_scratches,
            standard_deviation: s.standard_deviation,
            sqn_r: s.sqn_r,
            z_score: s.z_score,
            exposure: s.exposure,
            days: s.days,
            cagr: s.cagr,
            volatility: s.volatility,
            twr: s.twr,
            r_coverage: s.r_coverage,
            sqn_r_100: s.sqn_r_100,
            z_score_corrected: s.z_score_corrected,
            z_score_plain: s.z_score_plain,
            daily: s.daily.into(),
            from: time(s.from),
            to: time(s.to),
            other_currencies: s.other_currencies,
            notes: notes(s.notes),
            coverage: s.coverage.into(),
            currency: s.currency,
            unit: s.unit,
        }
    }
}
