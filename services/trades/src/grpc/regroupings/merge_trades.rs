//! Makes one trade of several.

use super::{super::parse, App, shown::shown};
use crate::{
    db,
    domain::{
        ids::TradeId,
        invalid::Invalid,
        regrouping::{Cut, MOST_MERGED, Regrouping},
    },
    error::{Error, Result},
    rebuild::Cause,
    regroup,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, MergeTradesRequest};
use ledger::regroup::Merge;
use sqlx::PgConnection;
use std::collections::BTreeSet;

pub(super) async fn merge_trades(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: MergeTradesRequest,
) -> Result<proto::Regrouping> {
    let ids = trade_ids(&request.trade_ids)?;
    let found = db::trades::by_ids(&mut *tx, user, &ids.iter().copied().collect::<Vec<_>>()).await?;
    let account = found.first().map(|trade| trade.account_id).ok_or(Error::NotFound("trade"))?;
    // First the account, as everybody does who writes trades: then they stand still.
    let account = db::accounts::lock(&mut *tx, user, account).await?.ok_or(Error::NotFound("trade"))?;
    let cause = Cause { user, account: &account, import: None, now: app.clock.now() };
    let same = same_merge(&mut *tx, cause, &ids).await?;
    let merge = if let Some(same) = same {
        same
    } else {
        let cut = cut(&mut *tx, cause, &ids).await?;
        regroup::make(&mut *tx, cause, cut).await?
    };
    let merge = shown(&mut *tx, user, vec![merge]).await?.pop().ok_or(Error::NotFound("regrouping"))?;
    Ok(merge)
}

fn trade_ids(texts: &[String]) -> Result<BTreeSet<TradeId>, Invalid> {
    let ids: Vec<TradeId> =
        texts.iter().map(|text| parse::id("trade_ids", text)).collect::<Result<_, Invalid>>()?;
    let distinct: BTreeSet<TradeId> = ids.iter().copied().collect();
    if distinct.len() != ids.len() || !(2..=MOST_MERGED).contains(&ids.len()) {
        return Err(Invalid::new("trade_ids", format!("must be 2 to {MOST_MERGED} different trades")));
    }
    Ok(distinct)
}

/// The merge of just these trades, if there is one: the request was repeated.
async fn same_merge(
    tx: &mut PgConnection,
    cause: Cause<'_>,
    ids: &BTreeSet<TradeId>,
) -> Result<Option<Regrouping>> {
    let all = db::regroupings::of_account(tx, cause.user, cause.account.id).await?;
    Ok(all.into_iter().find(|one| match &one.cut {
        Cut::Merge(merge) => {
            let members = merge.trades.iter().map(|opening| TradeId::opened_by(cause.account.id, opening));
            one.void.is_none() && members.collect::<BTreeSet<_>>() == *ids
        }
        Cut::Split(_) => false,
    }))
}

/// The merge of these trades, by the executions that open them.
async fn cut(tx: &mut PgConnection, cause: Cause<'_>, ids: &BTreeSet<TradeId>) -> Result<Cut> {
    let trades = db::trades::by_ids(tx, cause.user, &ids.iter().copied().collect::<Vec<_>>()).await?;
    if trades.len() != ids.len() {
        return Err(Error::NotFound("trade"));
    }
    if trades.iter().any(|trade| trade.account_id != cause.account.id) {
        return Err(Invalid::new("trade_ids", "must be trades of one account").into());
    }
    if trades.iter().any(|trade| trade.round_trip.regrouping.is_some()) {
        return Err(Error::AlreadyRegrouped);
    }
    let openings = trades.into_iter().map(|trade| trade.round_trip.opening.id);
    Ok(Cut::Merge(Merge { trades: openings.collect() }))
}
