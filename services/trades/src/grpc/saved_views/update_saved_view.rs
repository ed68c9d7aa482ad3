//! Changes name or query of a saved view.

use crate::{
    db,
    domain::saved_view::{self, SavedView},
    error::{Error, Result},
    grpc::{App, parse},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, UpdateSavedViewRequest};
use runtime::precondition::Precondition;

pub(super) async fn update_saved_view(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: &UpdateSavedViewRequest,
) -> Result<proto::SavedView> {
    let id = parse::id("saved_view_id", &request.saved_view_id)?;
    let name = request.name.as_deref().map(saved_view::name).transpose()?;
    let query = request.query.as_deref().map(saved_view::query).transpose()?;
    let mut tx = app.begin(user).await?;
    let stored = db::saved_views::lock(&mut *tx, user, id).await?.ok_or(Error::NotFound("saved view"))?;
    seen.check(stored.version)?;
    let mut changed = SavedView {
        name: name.unwrap_or_else(|| stored.name.clone()),
        query: query.unwrap_or_else(|| stored.query.clone()),
        ..stored.clone()
    };
    if changed != stored {
        changed.version += 1;
        db::saved_views::update(&mut *tx, user, &changed).await?;
        tx.commit().await?;
    }
    Ok(wire::saved_view(changed))
}
