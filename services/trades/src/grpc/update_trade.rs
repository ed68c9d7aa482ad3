//! Changes the notes, the tags, the labels and the plan of a trade.

mod change;

use super::{App, parse};
use crate::{
    db,
    domain::{
        ids::TradeId,
        instant,
        journal_change::JournalChange,
        plan::{self, PlanChange},
    },
    error::{Error, Result},
    journaling,
    rebuild::{Cause, tell_again},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, UpdateTradeRequest};
use runtime::precondition::Precondition;
use sqlx::PgConnection;

pub(super) async fn update_trade(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: UpdateTradeRequest,
) -> Result<proto::Trade> {
    let id: TradeId = parse::id("trade_id", &request.trade_id)?;
    let written = change::of(&request)?;
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
    if written != JournalChange::default() || !planned {
        let now = instant::stored(app.clock.now());
        let changed = journaling::write(&mut tx, user, &[id], written, now).await?;
        journaling::tell(&mut tx, user, &changed).await?;
    }
    let trade = db::trades::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("trade"))?;
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
