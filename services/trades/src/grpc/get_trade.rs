//! Shows one trade with its fills and legs.

use super::{App, made_of::made_of, parse};
use crate::{
    db,
    domain::ids::TradeId,
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{GetTradeRequest, TradeDetail};

pub(super) async fn get_trade(app: &App, user: UserId, request: GetTradeRequest) -> Result<TradeDetail> {
    let id: TradeId = parse::id("trade_id", &request.trade_id)?;
    // Trade, fills and events of one moment, whatever is imported meanwhile.
    let mut tx = runtime::postgres::snapshot(&app.pool).await?;
    let trade = db::trades::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("trade"))?;
    let account = db::accounts::find(&mut *tx, user, trade.account_id).await?;
    let account = account.ok_or(Error::NotFound("trade"))?;
    let made_of = made_of(&mut tx, user, &account, &trade).await?;
    tx.commit().await?;
    Ok(TradeDetail {
        trade: Some(wire::trade(trade)),
        legs: made_of.legs().map(|leg| wire::leg(leg, &made_of.book.executions)).collect(),
        fills: made_of.fills.into_iter().map(wire::fill).collect(),
        events: made_of.events.into_iter().map(wire::trade_event).collect(),
    })
}
