//! Trades and their legs.

use super::timestamp;
use crate::domain::{
    fill::Fill,
    instant,
    trade::{Trade, direction_name},
};
use journal_proto::trades::v1 as proto;

/// A trade as callers see it.
pub fn trade(trade: Trade) -> proto::Trade {
    let trip = trade.round_trip;
    proto::Trade {
        id: trip.id.to_string(),
        account_id: trade.account_id.to_string(),
        symbol: trade.book.symbol,
        asset_class: trip.asset_class,
        multiplier: trade.book.multiplier.to_string(),
        currency: trade.book.currency,
        side: direction_name(trip.direction).to_owned(),
        status: if trip.closing.is_some() { "closed" } else { "open" }.to_owned(),
        quantity: trip.quantity.to_string(),
        peak_quantity: trip.peak_quantity.to_string(),
        entry_quantity: trip.entry_quantity.to_string(),
        exit_quantity: trip.exit_quantity.to_string(),
        average_entry: trip.average_entry.to_string(),
        average_exit: trip.average_exit.map(|price| price.to_string()).unwrap_or_default(),
        opened_at: Some(timestamp(trip.opening.executed_at)),
        closed_at: trip.closing.map(|closing| timestamp(closing.executed_at)),
        gross_pnl: trip.gross.to_string(),
        net_pnl: trip.net.to_string(),
        commissions: trip.commissions.to_string(),
        fees: trip.fees.to_string(),
        fill_count: u32::try_from(trip.fill_count).unwrap_or(u32::MAX),
        tags: trade.journal.tags,
        notes: trade.journal.notes,
        version: trade.version,
        journal_version: trade.journal.version,
    }
}

/// A leg of a trade, whose `fills` are those that were matched; `None` when they are others, or when a share of a fee
/// has no finite decimal.
pub fn leg(leg: &ledger::Leg, fills: &[Fill]) -> Option<proto::Leg> {
    let commissions = (&leg.commission_open + &leg.commission_close).to_decimal()?;
    let fees = (&leg.fees_open + &leg.fees_close).to_decimal()?;
    Some(proto::Leg {
        open_execution_id: fills.get(leg.opening)?.execution_id.clone(),
        close_execution_id: fills.get(leg.closing)?.execution_id.clone(),
        quantity: leg.quantity.to_string(),
        open_price: leg.open_price.to_string(),
        close_price: leg.close_price.to_string(),
        gross_pnl: leg.gross.to_string(),
        commissions: commissions.to_string(),
        fees: fees.to_string(),
        net_pnl: leg.net.to_decimal()?.to_string(),
        closed_at: Some(timestamp(instant::from_ledger(leg.closed_at))),
    })
}
