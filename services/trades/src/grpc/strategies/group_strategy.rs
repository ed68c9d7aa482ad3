//! Makes one strategy of several trades.

use super::{super::parse, App, holdings::holdings};
use crate::{
    db,
    domain::{
        ids::{GroupId, TradeId},
        instant,
        invalid::Invalid,
        strategies::{self, Group, MOST_GROUPED, MOST_GROUPS},
    },
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{GroupStrategyRequest, StrategyGroup};
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

pub(super) async fn group_strategy(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: GroupStrategyRequest,
) -> Result<StrategyGroup> {
    let ids = trade_ids(&request.trade_ids)?;
    let trades = db::trades::by_ids(&mut *tx, user, &ids.iter().copied().collect::<Vec<_>>()).await?;
    let account = trades.first().map(|trade| trade.account_id).filter(|_| trades.len() == ids.len());
    let account = account.ok_or(Error::NotFound("trade"))?;
    if trades.iter().any(|trade| trade.account_id != account) {
        return Err(Invalid::new("trade_ids", "must be trades of one account").into());
    }
    if trades.iter().any(|trade| trade.round_trip.regrouping.is_some()) {
        return Err(Error::AlreadyRegrouped);
    }
    // Whoever groups trades of the account takes turns.
    let account = db::accounts::lock(&mut *tx, user, account).await?.ok_or(Error::NotFound("trade"))?;
    let mut groups = db::strategy_groups::of_account(&mut *tx, user, account.id).await?;
    if let Some(same) = groups.iter().find(|group| group.trades.iter().copied().eq(ids.iter().copied())) {
        return Ok(wire::strategy_group(same));
    }
    if groups.len() >= MOST_GROUPS {
        return Err(Error::TooManyGroups);
    }
    let group = Group {
        id: GroupId(Uuid::now_v7()),
        account_id: account.id,
        trades: ids.into_iter().collect(),
        created_at: instant::stored(app.clock.now()),
    };
    groups.push(group.clone());
    let holdings = holdings(&mut *tx, user, &account).await?;
    let (_, void) = strategies::find(&holdings.all, &groups, &holdings.rules)?;
    if let Some(void) = void.into_iter().find(|void| void.group.id == group.id) {
        return Err(Invalid::new("trade_ids", format!("trade {}: {}", void.trade, void.fault)).into());
    }
    db::strategy_groups::insert(&mut *tx, user, &group).await?;
    Ok(wire::strategy_group(&group))
}

/// In order, so that the same trades are the same group.
fn trade_ids(texts: &[String]) -> Result<BTreeSet<TradeId>, Invalid> {
    let ids: Vec<TradeId> =
        texts.iter().map(|text| parse::id("trade_ids", text)).collect::<Result<_, Invalid>>()?;
    let distinct: BTreeSet<TradeId> = ids.iter().copied().collect();
    if distinct.len() != ids.len() || !(2..=MOST_GROUPED).contains(&ids.len()) {
        return Err(Invalid::new("trade_ids", format!("must be 2 to {MOST_GROUPED} different trades")));
    }
    Ok(distinct)
}
