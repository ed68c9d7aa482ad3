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

pub(super) async fn undo_import(
    app: &App,
    user: UserId,
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
    match db::imports::lock_status(&mut tx, user, id).await? {
        None => return Err(Error::NotFound("import")),
        Some(ImportStatus::Queued | ImportStatus::Running) => return Err(Error::ImportNotFinished),
        Some(ImportStatus::Undone) => return Ok(UndoImportResponse::default()),
        Some(ImportStatus::Completed | ImportStatus::Failed) => {}
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
