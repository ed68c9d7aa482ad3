//! A trade with its fills, legs and events as JSON.

use super::{InAccountCurrency, Trade};
use crate::{
    problem::Problem,
    wire::{Time, fills::Fill, required_time, some},
};
use journal_proto::trades::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

/// A trade with what it is made of.
#[derive(Serialize, ToSchema)]
pub(crate) struct TradeDetail {
    #[serde(flatten)]
    pub trade: Trade,
    pub fills: Vec<Fill>,
    pub legs: Vec<Leg>,
    /// Splits, cash, expiries and exercises while it was open.
    pub events: Vec<TradeEvent>,
    /// Null: it is in its account's currency.
    pub in_account_currency: Option<InAccountCurrency>,
    /// The lines of the imported files that each number comes from.
    pub sources: Vec<Source>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Source {
    pub import_id: String,
    pub line: u64,
}

/// Something beside the fills that happened to a trade. What does not apply to its kind is null.
#[derive(Serialize, ToSchema)]
pub(crate) struct TradeEvent {
    pub id: String,
    /// The broker's id, or one made from the row.
    pub event_id: String,
    /// `split`, `cash`, `expiry` or `exercise`.
    pub kind: String,
    /// What people call it, such as `dividend`, `funding` or `assignment`.
    pub what: String,
    /// Received; below 0: paid.
    pub amount: Option<String>,
    pub currency: Option<String>,
    /// The contracts of an exercise; what a split made of `quantity_before` units.
    pub quantity: Option<String>,
    pub quantity_before: Option<String>,
    /// The price at which an expiry settled.
    pub price: Option<String>,
    pub occurred_at: Time,
    /// Null: entered by hand.
    pub import_id: Option<String>,
    pub line: u64,
}

impl From<proto::TradeEvent> for TradeEvent {
    fn from(event: proto::TradeEvent) -> Self {
        Self {
            id: event.id,
            event_id: event.event_id,
            kind: event.kind,
            what: event.what,
            amount: some(event.amount),
            currency: some(event.currency),
            quantity: some(event.quantity),
            quantity_before: some(event.quantity_before),
            price: some(event.price),
            occurred_at: required_time(event.occurred_at),
            import_id: some(event.import_id),
            line: event.line,
        }
    }
}

/// A part of an opening fill met by a part of a closing fill. Numbers without a finite expansion, such as shares of an average
/// cost, are rounded half-even to 18 decimals.
#[derive(Serialize, ToSchema)]
pub(crate) struct Leg {
    pub open_execution_id: String,
    pub close_execution_id: String,
    pub quantity: String,
    pub open_price: String,
    pub close_price: String,
    pub gross_pnl: String,
    pub commissions: String,
    pub fees: String,
    pub net_pnl: String,
    pub closed_at: Time,
}

impl From<proto::Leg> for Leg {
    fn from(leg: proto::Leg) -> Self {
        Self {
            open_execution_id: leg.open_execution_id,
            close_execution_id: leg.close_execution_id,
            quantity: leg.quantity,
            open_price: leg.open_price,
            close_price: leg.close_price,
            gross_pnl: leg.gross_pnl,
            commissions: leg.commissions,
            fees: leg.fees,
            net_pnl: leg.net_pnl,
            closed_at: required_time(leg.closed_at),
        }
    }
}

impl TryFrom<proto::TradeDetail> for TradeDetail {
    type Error = Problem;

    fn try_from(detail: proto::TradeDetail) -> Result<Self, Problem> {
        let trade = detail.trade.ok_or_else(Problem::not_found)?;
        let fills = detail.fills.iter().map(|fill| (&fill.import_id, fill.line));
        let events = detail.events.iter().map(|event| (&event.import_id, event.line));
        let imported = fills.chain(events).filter(|(import_id, _)| !import_id.is_empty());
        let sources = imported.map(|(import_id, line)| Source { import_id: import_id.clone(), line });
        Ok(Self {
            sources: sources.collect(),
            trade: trade.into(),
            fills: detail.fills.into_iter().map(Fill::from).collect(),
            legs: detail.legs.into_iter().map(Leg::from).collect(),
            events: detail.events.into_iter().map(TradeEvent::from).collect(),
            in_account_currency: detail.in_account_currency.map(InAccountCurrency::from),
        })
    }
}
