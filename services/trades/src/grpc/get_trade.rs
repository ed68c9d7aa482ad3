//! Shows one trade with its fills and legs.

use super::{App, parse};
use crate::{
    db,
    domain::{
        event::AccountEvent,
        fill::Fill,
        ids::TradeId,
        matching::{self, terms},
        trade::Trade,
    },
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, GetTradeRequest, TradeDetail};
use ledger::{Event, LedgerError, Method};

pub(super) async fn get_trade(app: &App, user: UserId, request: GetTradeRequest) -> Result<TradeDetail> {
    let id: TradeId = parse::id("trade_id", &request.trade_id)?;
    // Trade, fills and events of one moment, whatever is imported meanwhile.
    let mut tx = db::snapshot::begin(&app.pool).await?;
    let trade = db::trades::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("trade"))?;
    let account = db::accounts::find(&mut *tx, user, trade.account_id).await?;
    let account = account.ok_or(Error::NotFound("trade"))?;
    let (opening, closing) = (&trade.round_trip.opening, trade.round_trip.closing.as_ref());
    let fills = db::fills::of_trade(&mut *tx, user, account.id, &trade.book, opening, closing).await?;
    let events =
        db::account_events::of_trade(&mut *tx, user, account.id, &trade.book, opening, closing).await?;
    tx.commit().await?;
    let legs = legs(&trade, &fills, &events, account.matching)?;
    Ok(TradeDetail {
        trade: Some(wire::trade(trade)),
        fills: fills.into_iter().map(wire::fill).collect(),
        legs,
        events: events.into_iter().map(wire::trade_event).collect(),
    })
}

/// Matches the trade's own fills and events again.
fn legs(
    trade: &Trade,
    fills: &[Fill],
    events: &[AccountEvent],
    method: Method,
) -> Result<Vec<proto::Leg>, LedgerError> {
    let trip = &trade.round_trip;
    let mut ordered: Vec<Event> = fills.iter().map(|fill| Event::Fill(fill.to_ledger())).collect();
    ordered.extend(events.iter().map(AccountEvent::to_ledger));
    ordered.sort_by(|left, right| left.key().cmp(&right.key()));
    let terms = terms(trade.book.multiplier, method);
    let closed_before = trip.opening_closed_quantity.clone();
    let (legs, traded) = matching::legs(terms, closed_before, trip.direction, &ordered)?;
    Ok(legs.iter().map(|leg| wire::leg(leg, &traded)).collect())
}
