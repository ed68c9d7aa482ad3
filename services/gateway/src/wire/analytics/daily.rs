//! What the days of a set of trades came to, as JSON.

use crate::wire::some;
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

/// Each field is called as the catalogue calls its figure; `notes["daily.<field>"]` says why one is null.
#[derive(Serialize, ToSchema)]
pub(crate) struct DailyFigures {
    pub days: u64,
    pub days_won: u64,
    pub days_lost: u64,
    pub days_flat: u64,
    pub calendar_days: u64,
    /// What is projected onto a year rests on less than one.
    pub under_one_year: bool,
    pub end_equity: Option<String>,
    pub twr: Option<f64>,
    pub mwr: Option<f64>,
    pub cagr: Option<f64>,
    pub volatility: Option<f64>,
    pub sharpe: Option<f64>,
    pub sortino: Option<f64>,
    pub calmar: Option<f64>,
    pub omega: Option<String>,
    pub max_drawdown: Option<DayFall>,
    pub max_drawdown_share: Option<DayFall>,
    pub longest_drawdown_sessions: Option<u64>,
    pub longest_drawdown_days: Option<u64>,
    pub ulcer: Option<f64>,
    pub upi: Option<f64>,
    pub recovery_factor: Option<f64>,
    pub value_at_risk: Option<f64>,
    pub expected_shortfall: Option<f64>,
    pub tail_ratio: Option<f64>,
    pub k_ratio_1996: Option<f64>,
    pub k_ratio_2003: Option<f64>,
    pub k_ratio_2013: Option<f64>,
    pub best_day_share: Option<f64>,
    pub probabilistic_sharpe: Option<f64>,
    /// Whether other rates than `mwr` may explain the payments as well.
    pub mwr_has_several_roots: bool,
    /// What a year is taken for: 365 when an account trades every day, else 252.
    pub sessions_per_year: u32,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct DayFall {
    /// Above 0: in money, or as a share of the peak.
    pub depth: String,
    /// The last day at the peak.
    pub from: String,
    /// The first day at the lowest value.
    pub to: String,
    /// The first day back at the peak.
    pub recovered_on: Option<String>,
}

impl From<proto::DayFall> for DayFall {
    fn from(fall: proto::DayFall) -> Self {
        Self { depth: fall.depth, from: fall.from, to: fall.to, recovered_on: some(fall.recovered_on) }
    }
}

impl From<Option<proto::DailyFigures>> for DailyFigures {
    fn from(figures: Option<proto::DailyFigures>) -> Self {
        let d = figures.unwrap_or_default();
        Self {
            days: d.days,
            days_won: d.days_won,
            days_lost: d.days_lost,
            days_flat: d.days_flat,
            calendar_days: d.calendar_days,
            under_one_year: d.under_one_year,
            end_equity: d.end_equity,
            twr: d.twr,
            mwr: d.mwr,
            cagr: d.cagr,
            volatility: d.volatility,
            sharpe: d.sharpe,
            sortino: d.sortino,
            calmar: d.calmar,
            omega: d.omega,
            max_drawdown: d.max_drawdown.map(DayFall::from),
            max_drawdown_share: d.max_drawdown_share.map(DayFall::from),
            longest_drawdown_sessions: d.longest_drawdown_sessions,
            longest_drawdown_days: d.longest_drawdown_days,
            ulcer: d.ulcer,
            upi: d.upi,
            recovery_factor: d.recovery_factor,
            value_at_risk: d.value_at_risk,
            expected_shortfall: d.expected_shortfall,
            tail_ratio: d.tail_ratio,
            k_ratio_1996: d.k_ratio_1996,
            k_ratio_2003: d.k_ratio_2003,
            k_ratio_2013: d.k_ratio_2013,
            best_day_share: d.best_day_share,
            probabilistic_sharpe: d.probabilistic_sharpe,
            mwr_has_several_roots: d.mwr_has_several_roots,
            sessions_per_year: d.sessions_per_year,
        }
    }
}
