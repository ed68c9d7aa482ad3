//! Lists the caller's tags.

use crate::{db, error::Result, grpc::App, wire};
use identity::UserId;
use journal_proto::trades::v1::ListTagsResponse;

pub(super) async fn list_tags(app: &App, user: UserId) -> Result<ListTagsResponse> {
    let tags = db::tags::list(&mut *app.snapshot(user).await?, user).await?;
    Ok(ListTagsResponse { tags: tags.into_iter().map(wire::tag).collect() })
}
