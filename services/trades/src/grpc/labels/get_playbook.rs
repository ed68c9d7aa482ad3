//! Shows one playbook.

use crate::{
    db,
    error::{Error, Result},
    grpc::{App, parse},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{GetPlaybookRequest, Playbook};

pub(super) async fn get_playbook(app: &App, user: UserId, request: &GetPlaybookRequest) -> Result<Playbook> {
    let id = parse::id("playbook_id", &request.playbook_id)?;
    let found = db::playbooks::find(&mut *app.snapshot(user).await?, user, id).await?;
    found.map(wire::playbook).ok_or(Error::NotFound("playbook"))
}
