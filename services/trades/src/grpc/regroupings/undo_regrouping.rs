//! Takes a merge or a split back.

use super::{super::parse, App};
use crate::{
    db,
    domain::ids::RegroupingId,
    error::{Error, Result},
    rebuild::Cause,
    regroup,
};
use identity::UserId;
use journal_proto::trades::v1::{UndoRegroupingRequest, UndoRegroupingResponse};

pub(super) async fn undo_regrouping(
    app: &App,
    user: UserId,
    request: UndoRegroupingRequest,
) -> Result<UndoRegroupingResponse> {
    let id: RegroupingId = parse::id("regrouping_id", &request.regrouping_id)?;
    let missing = || Error::NotFound("regrouping");
    let mut tx = app.begin(user).await?;
    let found = db::regroupings::find(&mut *tx, user, id).await?.ok_or_else(missing)?;
    // First the account, as everybody does who writes trades: then the regrouping stands still.
    let account = db::accounts::lock(&mut tx, user, found.account_id).await?.ok_or_else(missing)?;
    let regrouping = db::regroupings::find(&mut *tx, user, id).await?.ok_or_else(missing)?;
    let cause = Cause { user, account: &account, import: None, now: app.clock.now() };
    regroup::take_back(&mut tx, cause, &regrouping).await?;
    tx.commit().await?;
    Ok(UndoRegroupingResponse {})
}
