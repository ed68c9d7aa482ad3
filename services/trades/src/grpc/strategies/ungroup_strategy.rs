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
    let mut tx = app.begin(user).await?;
    if db::strategy_groups::delete(&mut *tx, user, id).await? {
        tx.commit().await?;
        Ok(UngroupStrategyResponse {})
    } else {
        Err(Error::NotFound("strategy group"))
    }
}
