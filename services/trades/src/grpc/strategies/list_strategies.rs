//! Lists the option strategies of an account, newest first.

use super::{super::parse, App, holdings::holdings};
use crate::{
    db,
    domain::{
        ids::{AccountId, TradeId},
        instant,
        invalid::Invalid,
        page::{Listing, Place},
        strategies::{self, Found, is_kind, kind_name},
        trade_filter,
    },
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{ListStrategiesRequest, ListStrategiesResponse};
use std::collections::BTreeMap;

pub(super) async fn list_strategies(
    app: &App,
    user: UserId,
    request: ListStrategiesRequest,
) -> Result<ListStrategiesResponse> {
    let id: AccountId = parse::id("account_id", &request.account_id)?;
    let underlying = trade_filter::sought("underlying", &request.underlying)?;
    let kind = kind(&request.kind)?;
    let (limit, place) = parse::page(request.page, Listing::Strategies)?;
    let mut tx = app.snapshot(user).await?;
    let account = db::accounts::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("account"))?;
    let holdings = holdings(&mut tx, user, &account).await?;
    let groups = db::strategy_groups::of_account(&mut *tx, user, id).await?;
    tx.commit().await?;
    let together = if holdings.rules.tolerance.is_some() { "second" } else { "group" };
    let (found, void) = strategies::find(&holdings.all, &groups, &holdings.rules)?;
    let by_leg: BTreeMap<&str, _> =
        holdings.all.iter().map(|holding| (holding.leg.id.as_str(), holding)).collect();
    let is_asked = |found: &Found| {
        let part = found.trade.parts.first().and_then(|part| by_leg.get(part.leg.as_str()));
        let of = part
            .is_some_and(|holding| underlying.as_ref().is_none_or(|it| *it == holding.instrument.underlying));
        of && kind.as_ref().is_none_or(|kind| *kind == kind_name(found.trade.kind))
    };
    let mut asked: Vec<Found> = found.into_iter().filter(is_asked).collect();
    asked.sort_by_cached_key(|found| std::cmp::Reverse(key(id, found)));
    asked.retain(|found| place.is_none_or(|place| key(id, found) < (place.at, place.id)));
    let next = parse::cut(&mut asked, limit, |last| {
        let (at, id) = key(id, last);
        Place { at, id }
    });
    Ok(ListStrategiesResponse {
        strategies: asked.into_iter().filter_map(|found| wire::strategy(id, found, &by_leg)).collect(),
        next_cursor: next.map(|place| place.to_cursor(Listing::Strategies)).unwrap_or_default(),
        void: void.into_iter().map(wire::void_group).collect(),
        unread_symbols: holdings.unread,
        together: together.to_owned(),
    })
}

/// Where a strategy stands in the list.
fn key(account: AccountId, found: &Found) -> (time::OffsetDateTime, uuid::Uuid) {
    (instant::from_ledger(found.trade.opened_at), TradeId::opened_by(account, &found.trade.id).0)
}

fn kind(name: &str) -> Result<Option<String>, Invalid> {
    match name {
        "" => Ok(None),
        name if is_kind(name) => Ok(Some(name.to_owned())),
        _ => Err(Invalid::new("kind", "must be a kind of strategy, such as vertical or iron-condor")),
    }
}
