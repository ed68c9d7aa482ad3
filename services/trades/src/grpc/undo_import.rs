//! Takes back what an import brought, and rebuilds the trades touched. Undoing twice is fine.

use super::{App, parse};
use crate::{
    db,
    domain::{ids::ImportId, import::ImportStatus},
    error::{Error, Result},
    rebuild::Cause,
    undo::take_back,
};
use identity::UserId;
use journal_proto::trades::v1::{UndoImportRequest, UndoImportResponse};
use runtime::precondition::Precondition;

pub(super) async fn undo_import(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: UndoImportRequest,
) -> Result<UndoImportResponse> {
    let id: ImportId = parse::id("import_id", &request.import_id)?;
    let mut tx = app.begin(user).await?;
    let Some((upload, _)) = db::imports::upload(&mut *tx, user, id).await? else {
        return Err(Error::NotFound("import"));
    };
    // First the account, as everybody does who writes fills: then the status stands still.
    let Some(account) = db::accounts::lock(&mut tx, user, upload.account_id).await? else {
        return Err(Error::NotFound("import"));
    };
    let status = db::imports::lock_status(&mut tx, user, id).await?.ok_or(Error::NotFound("import"))?;
    seen.check(status.name())?;
    match status {
        ImportStatus::Queued | ImportStatus::Running => return Err(Error::ImportNotFinished),
        ImportStatus::Undone => return Ok(UndoImportResponse::default()),
        ImportStatus::Completed | ImportStatus::Failed => {}
    }
    let cause = Cause { user, account: &account, import: Some(id), now: app.clock.now() };
    let taken = take_back(&mut tx, cause, id).await?;
    db::imports::mark_undone(&mut *tx, user, id).await?;
    tx.commit().await?;
    Ok(UndoImportResponse {
        fills_removed: taken.fills_removed,
        fills_kept: taken.fills_kept,
        trades_removed: taken.rebuilt.removed(),
        trades_changed: taken.rebuilt.changed(),
    })
}
