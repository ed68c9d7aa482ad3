//! Deletes a saved view.

use crate::{
    db,
    error::{Error, Result},
    grpc::{App, parse},
};
use identity::UserId;
use journal_proto::trades::v1::{DeleteSavedViewRequest, DeleteSavedViewResponse};
use runtime::precondition::Precondition;

pub(super) async fn delete_saved_view(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: &DeleteSavedViewRequest,
) -> Result<DeleteSavedViewResponse> {
    let id = parse::id("saved_view_id", &request.saved_view_id)?;
    let mut tx = app.begin(user).await?;
    let stored = db::saved_views::lock(&mut *tx, user, id).await?.ok_or(Error::NotFound("saved view"))?;
    seen.check(stored.version)?;
    db::saved_views::delete(&mut *tx, user, id).await?;
    tx.commit().await?;
    Ok(DeleteSavedViewResponse {})
}
