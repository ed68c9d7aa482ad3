//! Changes the notes and tags of a trade.

use super::{App, parse};
use crate::{
    db,
    domain::{ids::TradeId, journal},
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, TradeJournaled, UpdateTradeRequest};

pub(super) async fn update_trade(
    app: &App,
    user: UserId,
    request: UpdateTradeRequest,
) -> Result<proto::Trade> {
    let id: TradeId = parse::id("trade_id", &request.trade_id)?;
    let notes = request.notes.as_deref().map(journal::notes).transpose()?;
    let tags = request.replace_tags.then(|| journal::tags(&request.tags)).transpose()?;
    let mut tx = app.pool.begin().await?;
    let found = db::trade_journal::write(&mut tx, user, id, notes.as_deref(), tags.as_deref()).await?;
    let trade = if found { db::trades::find(&mut *tx, user, id).await? } else { None };
    let trade = trade.ok_or(Error::NotFound("trade"))?;
    let journaled = TradeJournaled {
        user_id: user.to_string(),
        account_id: trade.account_id.to_string(),
        trade_id: id.to_string(),
        journal_version: trade.journal.version,
        tags: trade.journal.tags.clone(),
        notes: trade.journal.notes.clone(),
    };
    events::outbox::append(&mut tx, &journaled).await?;
    tx.commit().await?;
    Ok(wire::trade(trade))
}
