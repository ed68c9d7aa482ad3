//! Deletes a tag, and takes it off all trades.

use crate::{
    db,
    error::{Error, Result},
    grpc::{App, parse},
    relabel::{self, Relabelling},
};
use identity::UserId;
use journal_proto::trades::v1::{DeleteTagRequest, DeleteTagResponse};
use runtime::precondition::Precondition;

pub(super) async fn delete_tag(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: &DeleteTagRequest,
) -> Result<DeleteTagResponse> {
    let id = parse::id("tag_id", &request.tag_id)?;
    let missing = || Error::NotFound("tag");
    let mut tx = app.begin(user).await?;
    relabel::begin(&mut tx, user).await?;
    if !db::tags::lock(&mut *tx, user, id).await? {
        return Err(missing());
    }
    let stored = db::tags::find(&mut *tx, user, id).await?.ok_or_else(missing)?;
    seen.check(stored.version)?;
    db::tags::delete(&mut *tx, user, id).await?;
    relabel::everywhere(&mut tx, user, Relabelling::DropTag(&stored.name)).await?;
    tx.commit().await?;
    Ok(DeleteTagResponse {})
}
