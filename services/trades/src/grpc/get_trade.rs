//! Shows one trade with its fills and legs.

use super::{App, parse};
use crate::{
    db,
    domain::{fill::Fill, ids::TradeId, matching::terms, trade::Trade},
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, GetTradeRequest, TradeDetail};
use ledger::{Fault, LedgerError, Method};

pub(super) async fn get_trade(app: &App, user: UserId, request: GetTradeRequest) -> Result<TradeDetail> {
    let id: TradeId = parse::id("trade_id", &request.trade_id)?;
    // Trade and fills of one moment, whatever is imported meanwhile.
    let mut tx = db::snapshot::begin(&app.pool).await?;
    let trade = db::trades::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("trade"))?;
    let account = db::accounts::find(&mut *tx, user, trade.account_id).await?;
    let account = account.ok_or(Error::NotFound("trade"))?;
    let (opening, closing) = (&trade.round_trip.opening, trade.round_trip.closing.as_ref());
    let fills = db::fills::of_trade(&mut *tx, user, account.id, &trade.book, opening, closing).await?;
    tx.commit().await?;
    let legs = legs(&trade, &fills, account.matching)?;
    Ok(TradeDetail {
        trade: Some(wire::trade(trade)),
        fills: fills.into_iter().map(wire::fill).collect(),
        legs,
    })
}

/// Matches the trade's own fills again. A closing fill that flips the position opens another round trip behind it, which
/// has no legs yet.
fn legs(trade: &Trade, fills: &[Fill], method: Method) -> Result<Vec<proto::Leg>, LedgerError> {
    let closed_before = trade.round_trip.opening_closed_quantity;
    let mut book = ledger::Book::resume(terms(trade.book.multiplier, method), closed_before.into());
    for fill in fills {
        book.apply(&fill.to_ledger())?;
    }
    let legs = book.finish()?.legs;
    let legs = legs.iter().map(|leg| wire::leg(leg, fills).ok_or_else(|| overflow(trade)));
    legs.collect()
}

fn overflow(trade: &Trade) -> LedgerError {
    LedgerError { execution_id: trade.round_trip.opening.execution_id.clone(), fault: Fault::Overflow }
}
