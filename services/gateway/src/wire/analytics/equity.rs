//! The curve of P&L and equity as JSON.

use super::{Coverage, Note, notes};
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Equity {
    pub currency: String,
    /// What amounts are in: the currency, `R` or `%`.
    pub unit: String,
    pub coverage: Coverage,
    /// Of the selected accounts together, with what was made, paid in and paid out before `from`; null when one of them has
    /// none, or when the unit is not money.
    pub opening_balance: Option<String>,
    /// Days with closed trades, deposits or withdrawals, of which `points` may show only some.
    pub days: u64,
    pub points: Vec<EquityPoint>,
    /// By field: why it is null.
    pub notes: BTreeMap<String, Note>,
}

/// The end of a day with closed trades, deposits or withdrawals.
#[derive(Serialize, ToSchema)]
pub(crate) struct EquityPoint {
    pub day: String,
    /// Of all days since the point before, this one included; before costs when asked with `net=false`.
    pub net_pnl: String,
    pub cumulative_net_pnl: String,
    /// Below the highest cumulative P&L so far, as a positive amount.
    pub drawdown: String,
    pub trades: u64,
    /// Deposits less withdrawals of the same days; they come before the day's P&L.
    pub flow: String,
    /// Opening balance + deposits - withdrawals + cumulative P&L.
    pub equity: Option<String>,
    /// Time-weighted, without the flows, 1 at the start; null without an opening balance and once the losses have used it up.
    pub twr_index: Option<f64>,
}

impl From<proto::Equity> for Equity {
    fn from(equity: proto::Equity) -> Self {
        let points = equity.points.into_iter().map(|point| EquityPoint {
            day: point.day,
            net_pnl: point.net_pnl,
            cumulative_net_pnl: point.cumulative_net_pnl,
            drawdown: point.drawdown,
            trades: point.trades,
            flow: point.flow,
            equity: point.equity,
            twr_index: point.twr_index,
        });
        Self {
            points: points.collect(),
            currency: equity.currency,
            unit: equity.unit,
            coverage: equity.coverage.into(),
            opening_balance: equity.opening_balance,
            days: equity.days,
            notes: notes(equity.notes),
        }
    }
}
