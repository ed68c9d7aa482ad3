//! Shows one tag.

use crate::{
    db,
    error::{Error, Result},
    grpc::{App, parse},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{GetTagRequest, Tag};

pub(super) async fn get_tag(app: &App, user: UserId, request: &GetTagRequest) -> Result<Tag> {
    let id = parse::id("tag_id", &request.tag_id)?;
    let found = db::tags::find(&mut *app.snapshot(user).await?, user, id).await?;
    found.map(wire::tag).ok_or(Error::NotFound("tag"))
}
