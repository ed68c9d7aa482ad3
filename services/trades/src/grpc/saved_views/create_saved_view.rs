//! Keeps a page as it was set up.

use crate::{
    db,
    domain::{
        ids::SavedViewId,
        instant,
        named::Named,
        saved_view::{self, SavedView},
    },
    error::{Error, Result},
    grpc::App,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, CreateSavedViewRequest};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn create_saved_view(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: &CreateSavedViewRequest,
) -> Result<proto::SavedView> {
    let view = SavedView {
        id: SavedViewId(Uuid::now_v7()),
        name: saved_view::name(&request.name)?,
        page: saved_view::page(&request.page)?,
        query: saved_view::query(&request.query)?,
        created_at: instant::stored(app.clock.now()),
        version: 1,
    };
    if db::saved_views::insert(&mut *tx, user, &view).await? {
        Ok(wire::saved_view(view))
    } else {
        Err(Error::TooMany(Named::SavedView))
    }
}
