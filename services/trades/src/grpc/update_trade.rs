//! Changes the notes, the tags and the plan of a trade.

use super::{App, parse};
use crate::{
    db,
    domain::{
        ids::TradeId,
        journal,
        plan::{self, PlanChange},
        trade::Trade,
    },
    error::{Error, Result},
    rebuild::{Cause, tell_again},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, TradeJournaled, UpdateTradeRequest};
use runtime::precondition::Precondition;
use sqlx::PgConnection;

pub(super) async fn update_trade(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: UpdateTradeRequest,
) -> Result<proto::Trade> {
    let id: TradeId = parse::id("trade_id", &request.trade_id)?;
    let notes = request.notes.as_deref().map(journal::notes).transpose()?;
    let tags = request.replace_tags.then(|| journal::tags(&request.tags)).transpose()?;
    let change = PlanChange {
        stop: request.planned_stop.as_deref().map(|text| plan::price("planned_stop", text)).transpose()?,
        target: request
            .planned_target
            .as_deref()
            .map(|text| plan::price("planned_target", text))
            .transpose()?,
        risk: request.risk.as_deref().map(plan::risk).transpose()?,
    };
    let mut tx = app.begin(user).await?;
    if seen.is_stated() {
        seen.check(state(&mut tx, user, id).await?)?;
    }
    // Before the trade is locked: whoever rebuilds trades holds the account first.
    let planned = change != PlanChange::default() && replan(app, &mut tx, user, id, change).await?;
    let journaled = notes.is_some() || tags.is_some() || !planned;
    if journaled && !db::trade_journal::write(&mut tx, user, id, notes.as_deref(), tags.as_deref()).await? {
        return Err(Error::NotFound("trade"));
    }
    let trade = db::trades::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("trade"))?;
    if journaled {
        events::outbox::append(&mut tx, &written(user, &trade)).await?;
    }
    tx.commit().await?;
    Ok(wire::trade(trade))
}

/// The state of a trade, which stands still until the transaction ends: the account is locked first, as everywhere.
async fn state(tx: &mut PgConnection, user: UserId, id: TradeId) -> Result<String> {
    let missing = || Error::NotFound("trade");
    let account = db::trades::find(&mut *tx, user, id).await?.ok_or_else(missing)?.account_id;
    db::accounts::lock(&mut *tx, user, account).await?.ok_or_else(missing)?;
    db::trades::lock(&mut *tx, user, id).await?;
    let trade = db::trades::find(&mut *tx, user, id).await?.ok_or_else(missing)?;
    Ok(format!("{}.{}", trade.version, trade.journal.version))
}

fn written(user: UserId, trade: &Trade) -> TradeJournaled {
    TradeJournaled {
        user_id: user.to_string(),
        account_id: trade.account_id.to_string(),
        trade_id: trade.round_trip.id.to_string(),
        journal_version: trade.journal.version,
        tags: trade.journal.tags.clone(),
        notes: trade.journal.notes.clone(),
    }
}

/// Changes the plan, and tells others of the trade when that made a difference.
async fn replan(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    id: TradeId,
    change: PlanChange,
) -> Result<bool> {
    let missing = || Error::NotFound("trade");
    let account = db::trades::find(&mut *tx, user, id).await?.ok_or_else(missing)?.account_id;
    let account = db::accounts::lock(&mut *tx, user, account).await?.ok_or_else(missing)?;
    let trade = db::trades::find(&mut *tx, user, id).await?.ok_or_else(missing)?;
    let plan = trade.plan.changed_by(change);
    if plan != trade.plan {
        db::trade_plans::replace(&mut *tx, user, account.id, id, &plan).await?;
        // What a plan is measured against is read beside it.
        let planned = db::trades::find(&mut *tx, user, id).await?.ok_or_else(missing)?;
        plan.check(planned.entry.as_ref())?;
        let cause = Cause { user, account: &account, import: None, now: app.clock.now() };
        tell_again(tx, cause, id).await?;
    }
    Ok(true)
}
