//! Shows one trade with its fills and legs, and its net in the account's currency.

use super::{App, made_of::made_of, parse};
use crate::{
    db,
    domain::{
        account::Account,
        exchange::{self, Exchange},
        ids::TradeId,
        rate::Pair,
        trade::Trade,
    },
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{GetTradeRequest, TradeDetail};
use ledger::RatePolicy;
use sqlx::PgConnection;

pub(super) async fn get_trade(app: &App, user: UserId, request: GetTradeRequest) -> Result<TradeDetail> {
    let id: TradeId = parse::id("trade_id", &request.trade_id)?;
    let policy = exchange::policy(&request.rate_policy)?;
    // Trade, fills, events and rates of one moment, whatever is imported meanwhile.
    let mut tx = app.snapshot(user).await?;
    let trade = db::trades::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("trade"))?;
    let account = db::accounts::find(&mut *tx, user, trade.account_id).await?;
    let account = account.ok_or(Error::NotFound("trade"))?;
    let mut exchange = exchange(&mut tx, user, &account, &trade, policy).await?;
    let made_of = made_of(&mut tx, user, &account, &trade, exchange.as_mut()).await?;
    tx.commit().await?;
    Ok(TradeDetail {
        trade: Some(wire::trade(trade)),
        legs: made_of.legs().map(|leg| wire::leg(leg, &made_of.book.executions)).collect(),
        fills: made_of.fills.into_iter().map(wire::fill).collect(),
        events: made_of.events.into_iter().map(wire::trade_event).collect(),
        in_account_currency: exchange
            .map(|exchange| wire::in_account_currency(exchange, made_of.net_in_account)),
    })
}

/// The rates of the time of a trade; `None` when it is in its account's currency.
async fn exchange(
    tx: &mut PgConnection,
    user: UserId,
    account: &Account,
    trade: &Trade,
    policy: RatePolicy,
) -> Result<Option<Exchange>> {
    if trade.book.currency == account.currency {
        return Ok(None);
    }
    let pair = Pair { from: trade.book.currency.clone(), to: account.currency.clone() };
    let (first, last) = (trade.round_trip.opening.at, trade.round_trip.closing.as_ref().map(|key| key.at));
    let mut rates = db::exchange_rates::of_pair(&mut *tx, user, &pair, first, last).await?;
    rates.extend(db::exchange_rates::of_pair(&mut *tx, user, &pair.turned(), first, last).await?);
    Ok(Some(Exchange::new(pair, policy, rates)))
}
