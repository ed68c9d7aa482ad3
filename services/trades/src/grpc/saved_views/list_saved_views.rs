//! Lists the caller's saved views.

use crate::{db, domain::saved_view, error::Result, grpc::App, wire};
use identity::UserId;
use journal_proto::trades::v1::{ListSavedViewsRequest, ListSavedViewsResponse};

pub(super) async fn list_saved_views(
    app: &App,
    user: UserId,
    request: &ListSavedViewsRequest,
) -> Result<ListSavedViewsResponse> {
    let page = if request.page.is_empty() { None } else { Some(saved_view::page(&request.page)?) };
    let views = db::saved_views::list(&mut *app.snapshot(user).await?, user, page.as_deref()).await?;
    Ok(ListSavedViewsResponse { saved_views: views.into_iter().map(wire::saved_view).collect() })
}
