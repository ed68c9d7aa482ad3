//! Deletes a playbook, and takes it off all trades.

use crate::{
    db,
    error::{Error, Result},
    grpc::{App, parse},
    relabel::{self, Relabelling},
};
use identity::UserId;
use journal_proto::trades::v1::{DeletePlaybookRequest, DeletePlaybookResponse};
use runtime::precondition::Precondition;

pub(super) async fn delete_playbook(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: &DeletePlaybookRequest,
) -> Result<DeletePlaybookResponse> {
    let id = parse::id("playbook_id", &request.playbook_id)?;
    let mut tx = app.begin(user).await?;
    relabel::begin(&mut tx, user).await?;
    let stored = db::playbooks::lock(&mut *tx, user, id).await?.ok_or(Error::NotFound("playbook"))?;
    seen.check(stored.version)?;
    relabel::everywhere(&mut tx, user, Relabelling::DropPlaybook(id)).await?;
    db::playbooks::delete(&mut *tx, user, id).await?;
    tx.commit().await?;
    Ok(DeletePlaybookResponse {})
}
