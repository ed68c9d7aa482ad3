//! Lists the caller's playbooks.

use crate::{db, error::Result, grpc::App, wire};
use identity::UserId;
use journal_proto::trades::v1::ListPlaybooksResponse;

pub(super) async fn list_playbooks(app: &App, user: UserId) -> Result<ListPlaybooksResponse> {
    let playbooks = db::playbooks::list(&mut *app.snapshot(user).await?, user).await?;
    Ok(ListPlaybooksResponse { playbooks: playbooks.into_iter().map(wire::playbook).collect() })
}
