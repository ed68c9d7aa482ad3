//! Forgets a group of trades.

use super::{super::parse, App};
use crate::{
    db,
    domain::ids::GroupId,
    error::{Error, Result},
};
use identity::UserId;
use journal_proto::trades::v1::{UngroupStrategyRequest, UngroupStrategyResponse};

pub(super) async fn ungroup_strategy(
    app: &App,
    user: UserId,
    request: UngroupStrategyRequest,
) -> Result<UngroupStrategyResponse> {
    let id: GroupId = parse::id("group_id", &request.group_id)?;
    if db::strategy_groups::delete(&app.pool, user, id).await? {
        Ok(UngroupStrategyResponse {})
    } else {
        Err(Error::NotFound("strategy group"))
    }
}
