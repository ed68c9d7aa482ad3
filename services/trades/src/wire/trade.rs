//! Trades and their legs.

use super::{custom_value, timestamp};
use crate::domain::{
    instant,
    labels::Labels,
    matching::stored,
    plan,
    trade::{Trade, direction_name},
};
use journal_proto::trades::v1 as proto;
use ledger::{Decimal, Execution, Fraction};

/// A trade as callers see it.
pub fn trade(trade: Trade) -> proto::Trade {
    let risk = trade.risk();
    let Trade { plan, excursion, round_trip: trip, .. } = trade;
    let labels = trade.journal.labels;
    let r_multiple =
        risk.filter(|_| trip.closed_at.is_some()).and_then(|risk| plan::r_multiple(trip.net, risk));
    proto::Trade {
        planned_stop: text(plan.stop),
        planned_target: text(plan.target),
        risk: text(risk),
        r_multiple: text(r_multiple),
        mae: text(excursion.mae),
        mfe: text(excursion.mfe),
        low_price: text(excursion.low),
        high_price: text(excursion.high),
        excursion_source: excursion.source().unwrap_or_default().to_owned(),
        id: trip.id.to_string(),
        account_id: trade.account_id.to_string(),
        symbol: trade.book.symbol,
        asset_class: trip.asset_class,
        multiplier: trade.book.multiplier.to_string(),
        currency: trade.book.currency,
        side: direction_name(trip.direction).to_owned(),
        status: if trip.closed_at.is_some() { "closed" } else { "open" }.to_owned(),
        quantity: trip.quantity.to_string(),
        peak_quantity: trip.peak_quantity.to_string(),
        entry_quantity: trip.entry_quantity.to_string(),
        exit_quantity: trip.exit_quantity.to_string(),
        average_entry: trip.average_entry.to_string(),
        average_exit: text(trip.average_exit),
        opened_at: Some(timestamp(trip.opened_at)),
        closed_at: trip.closed_at.map(timestamp),
        gross_pnl: trip.gross.to_string(),
        net_pnl: trip.net.to_string(),
        commissions: trip.commissions.to_string(),
        fees: trip.fees.to_string(),
        other: trip.other.to_string(),
        fill_count: u32::try_from(trip.fill_count).unwrap_or(u32::MAX),
        tags: trade.journal.tags,
        notes: trade.journal.notes,
        rating: rating(&labels),
        playbook_id: playbook(&labels),
        mistakes: labels.mistakes,
        followed_rules: labels.followed_rules.iter().map(ToString::to_string).collect(),
        custom: labels
            .custom
            .into_iter()
            .map(|(field, value)| (field.to_string(), custom_value(value)))
            .collect(),
        version: trade.version,
        journal_version: trade.journal.version,
        regrouping_id: trip.regrouping.map(|regrouping| regrouping.to_string()).unwrap_or_default(),
    }
}

/// What others count trades by, of all that a trade is labelled with.
pub fn labels(labels: &Labels) -> proto::TradeLabels {
    proto::TradeLabels {
        mistakes: labels.mistakes.clone(),
        rating: rating(labels),
        playbook_id: playbook(labels),
    }
}

/// 0: none.
fn rating(labels: &Labels) -> u32 {
    labels.rating.and_then(|rating| u32::try_from(rating).ok()).unwrap_or_default()
}

/// Empty: none.
fn playbook(labels: &Labels) -> String {
    labels.playbook.map(|playbook| playbook.to_string()).unwrap_or_default()
}

/// A number that may be missing: then it is empty.
fn text(number: Option<Decimal>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// A leg of a trade; `executions` are what was matched.
///
/// Numbers without a finite expansion, such as a share of an average cost, are rounded half-even to 18 decimals.
pub fn leg(leg: &ledger::Leg, executions: &[Execution]) -> proto::Leg {
    let id =
        |position: usize| executions.get(position).map(|execution| execution.id.clone()).unwrap_or_default();
    proto::Leg {
        open_execution_id: id(leg.opening),
        close_execution_id: id(leg.closing),
        quantity: told(&leg.quantity),
        open_price: told(&leg.open_price),
        close_price: told(&leg.close_price),
        gross_pnl: told(&leg.gross),
        commissions: told(&(&leg.commission_open + &leg.commission_close)),
        fees: told(&(&leg.fees_open + &leg.fees_close)),
        net_pnl: told(&leg.net),
        closed_at: Some(timestamp(instant::from_ledger(leg.closed_at))),
    }
}

/// Exact text; what has none is rounded, and what is too large even for that is told as a fraction.
pub(super) fn told(number: &Fraction) -> String {
    stored(number).map_or_else(|| number.to_string(), |number| number.to_string())
}
