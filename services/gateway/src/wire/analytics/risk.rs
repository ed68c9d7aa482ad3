//! What was lost at worst, and what could be, as JSON.

use super::{Coverage, DailyFigures, Estimate, Note, notes};
use crate::wire::some;
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Risk {
    pub currency: String,
    /// What amounts are in: the currency, `R` or `%`.
    pub unit: String,
    pub coverage: Coverage,
    /// Deepest first, at most 20.
    pub drawdowns: Vec<DrawdownSpell>,
    pub drawdowns_total: u64,
    /// Of the P&L by day.
    pub daily: DailyFigures,
    pub longest_win_streak: u64,
    pub longest_loss_streak: u64,
    pub kelly: Option<f64>,
    /// Of ever losing the opening balance at a fixed size.
    pub ruin: Option<f64>,
    /// Probabilistic Sharpe ratio of the trades' amounts: the chance that the true one is above 0.
    pub psr: Option<f64>,
    /// The same against what the luckiest of `dsr_trials` symbols would show without skill.
    pub dsr: Option<f64>,
    pub dsr_trials: u64,
    pub monte_carlo: Option<MonteCarlo>,
    /// By field: why it is null.
    pub notes: BTreeMap<String, Note>,
}

/// From a peak of the cumulative P&L to its recovery, by days.
#[derive(Serialize, ToSchema)]
pub(crate) struct DrawdownSpell {
    pub amount: String,
    /// What the time-weighted index lost from the peak to the lowest point; null without an opening balance.
    pub percent: Option<f64>,
    pub from: String,
    pub to: String,
    pub recovered_on: Option<String>,
}

/// The trades dealt again: the same seed gives the same paths.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonteCarlo {
    pub trades: u64,
    pub paths: u64,
    pub seed: u64,
    pub resampling: String,
    pub max_drawdown: Option<FiveQuantiles>,
    pub max_drawdown_percent_median: Option<f64>,
    pub max_drawdown_percent_p95: Option<f64>,
    pub final_equity: Option<FiveQuantiles>,
    pub profitable: Option<Estimate>,
    pub ruin: Vec<RuinChance>,
    /// The equity (P&L without an opening balance) after so many trades.
    pub fan: Vec<FanPoint>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct FiveQuantiles {
    pub p5: String,
    pub p25: String,
    pub p50: String,
    pub p75: String,
    pub p95: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct RuinChance {
    pub loss: String,
    pub probability: Option<Estimate>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct FanPoint {
    pub trades: u64,
    pub equity: Option<FiveQuantiles>,
}

impl From<proto::FiveQuantiles> for FiveQuantiles {
    fn from(q: proto::FiveQuantiles) -> Self {
        Self { p5: q.p5, p25: q.p25, p50: q.p50, p75: q.p75, p95: q.p95 }
    }
}

impl From<proto::MonteCarlo> for MonteCarlo {
    fn from(run: proto::MonteCarlo) -> Self {
        let chances = run.ruin.into_iter().map(|chance| RuinChance {
            loss: chance.loss,
            probability: chance.probability.map(Estimate::from),
        });
        let fan = run
            .fan
            .into_iter()
            .map(|point| FanPoint { trades: point.trades, equity: point.equity.map(FiveQuantiles::from) });
        Self {
            trades: run.trades,
            paths: run.paths,
            seed: run.seed,
            resampling: run.resampling,
            max_drawdown: run.max_drawdown.map(FiveQuantiles::from),
            max_drawdown_percent_median: run.max_drawdown_percent_median,
            max_drawdown_percent_p95: run.max_drawdown_percent_p95,
            final_equity: run.final_equity.map(FiveQuantiles::from),
            profitable: run.profitable.map(Estimate::from),
            ruin: chances.collect(),
            fan: fan.collect(),
        }
    }
}

impl From<proto::Risk> for Risk {
    fn from(risk: proto::Risk) -> Self {
        let drawdowns = risk.drawdowns.into_iter().map(|spell| DrawdownSpell {
            amount: spell.amount,
            percent: spell.percent,
            from: spell.from,
            to: spell.to,
            recovered_on: some(spell.recovered_on),
        });
        Self {
            currency: risk.currency,
            unit: risk.unit,
            coverage: risk.coverage.into(),
            drawdowns: drawdowns.collect(),
            drawdowns_total: risk.drawdowns_total,
            daily: risk.daily.into(),
            longest_win_streak: risk.longest_win_streak,
            longest_loss_streak: risk.longest_loss_streak,
            kelly: risk.kelly,
            ruin: risk.ruin,
            psr: risk.psr,
            dsr: risk.dsr,
            dsr_trials: risk.dsr_trials,
            monte_carlo: risk.monte_carlo.map(MonteCarlo::from),
            notes: notes(risk.notes),
        }
    }
}
