//! What happens beside the fills.

use super::timestamp;
use crate::domain::event::{AccountEvent, CashFlow, EventKind};
use journal_proto::trades::v1 as proto;

/// An event as the trade that it belongs to shows it.
pub fn trade_event(event: AccountEvent) -> proto::TradeEvent {
    let kind = event.kind.name().to_owned();
    let mut told = proto::TradeEvent {
        id: event.id.to_string(),
        event_id: event.event_id,
        kind,
        what: event.what,
        currency: event.currency.unwrap_or_default(),
        occurred_at: Some(timestamp(event.occurred_at)),
        import_id: event.import_id.map(|import| import.to_string()).unwrap_or_default(),
        line: u64::try_from(event.line).unwrap_or_default(),
        ..proto::TradeEvent::default()
    };
    match event.kind {
        EventKind::Split { to, from } => {
            told.quantity = to.to_string();
            told.quantity_before = from.to_string();
        }
        EventKind::Cash { amount } => told.amount = amount.to_string(),
        EventKind::Expiry { price } => told.price = price.to_string(),
        EventKind::Exercise { quantity, fee } => {
            told.quantity = quantity.to_string();
            told.amount = (-fee).to_string();
        }
    }
    told
}

/// Cash as callers see it.
pub fn cash(event: AccountEvent) -> proto::CashEntry {
    let amount = match event.kind {
        EventKind::Cash { amount } => amount.to_string(),
        EventKind::Split { .. } | EventKind::Expiry { .. } | EventKind::Exercise { .. } => String::new(),
    };
    proto::CashEntry {
        id: event.id.to_string(),
        account_id: event.account_id.to_string(),
        kind: event.what,
        amount,
        currency: event.currency.unwrap_or_default(),
        symbol: event.symbol.unwrap_or_default(),
        note: event.note,
        booked_at: Some(timestamp(event.occurred_at)),
        import_id: event.import_id.map(|import| import.to_string()).unwrap_or_default(),
        line: u64::try_from(event.line).unwrap_or_default(),
    }
}

/// A deposit or withdrawal as others are told of it.
pub fn cash_flow(flow: &CashFlow) -> proto::CashFlow {
    proto::CashFlow {
        id: flow.id.to_string(),
        account_id: flow.account_id.to_string(),
        amount: flow.amount.to_string(),
        currency: flow.currency.clone(),
        booked_at: Some(timestamp(flow.booked_at)),
        version: flow.version,
    }
}
