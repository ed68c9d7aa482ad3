//! Shows one saved view.

use crate::{
    db,
    error::{Error, Result},
    grpc::{App, parse},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{GetSavedViewRequest, SavedView};

pub(super) async fn get_saved_view(
    app: &App,
    user: UserId,
    request: &GetSavedViewRequest,
) -> Result<SavedView> {
    let id = parse::id("saved_view_id", &request.saved_view_id)?;
    let found = db::saved_views::find(&mut *app.snapshot(user).await?, user, id).await?;
    found.map(wire::saved_view).ok_or(Error::NotFound("saved view"))
}
