//! How far trades went, as JSON.

use super::{Coverage, Note, notes};
use crate::wire::{Money, Time, required_time};
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Excursions {
    pub currency: String,
    /// Trades that the filter selects, and those of them with MAE and MFE.
    pub coverage: Coverage,
    pub average_mae: Option<Money>,
    pub average_mfe: Option<Money>,
    pub average_entry_efficiency: Option<f64>,
    pub average_exit_efficiency: Option<f64>,
    pub average_total_efficiency: Option<f64>,
    /// The last closed first.
    pub trades: Vec<TradeExcursion>,
    /// By field: why it is empty.
    pub notes: BTreeMap<String, Note>,
}

/// Amounts are in the answer's currency.
#[derive(Serialize, ToSchema)]
pub(crate) struct TradeExcursion {
    pub trade_id: String,
    pub symbol: String,
    pub closed_at: Time,
    pub net_pnl: String,
    /// Maximum adverse excursion: the lowest P&L while it was open, 0 or below.
    pub mae: String,
    /// Maximum favourable excursion: the highest, 0 or above.
    pub mfe: String,
    pub mae_r: Option<f64>,
    pub mfe_r: Option<f64>,
    pub entry_efficiency: Option<f64>,
    pub exit_efficiency: Option<f64>,
    pub total_efficiency: Option<f64>,
    /// `broker` or `bars`.
    pub source: String,
}

impl From<proto::Excursions> for Excursions {
    fn from(excursions: proto::Excursions) -> Self {
        let money = |amount: String| Money::new(amount, &excursions.currency);
        let trades = excursions.trades.into_iter().map(|trade| TradeExcursion {
            trade_id: trade.trade_id,
            symbol: trade.symbol,
            closed_at: required_time(trade.closed_at),
            net_pnl: trade.net_pnl,
            mae: trade.mae,
            mfe: trade.mfe,
            mae_r: trade.mae_r,
            mfe_r: trade.mfe_r,
            entry_efficiency: trade.entry_efficiency,
            exit_efficiency: trade.exit_efficiency,
            total_efficiency: trade.total_efficiency,
            source: trade.source,
        });
        Self {
            coverage: excursions.coverage.into(),
            average_mae: excursions.average_mae.map(money),
            average_mfe: excursions.average_mfe.map(money),
            average_entry_efficiency: excursions.average_entry_efficiency,
            average_exit_efficiency: excursions.average_exit_efficiency,
            average_total_efficiency: excursions.average_total_efficiency,
            trades: trades.collect(),
            notes: notes(excursions.notes),
            currency: excursions.currency,
        }
    }
}
