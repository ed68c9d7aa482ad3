//! `/v1/saved-views`: pages as they were set up.

use crate::{
    app::App,
    conditional::{Seen, Versioned},
    extract::{Id, Json, Params},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, saved_views as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::{StatusCode, header};
use journal_proto::trades::v1 as proto;

/// Your saved views, of one page or of all, by page and name.
#[utoipa::path(get, path = "/v1/saved-views", tag = "journal", params(dto::SavedViewFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::SavedView>), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::SavedViewFilter>,
) -> Result<axum::Json<Page<dto::SavedView>>, Problem> {
    let request =
        app.request(proto::ListSavedViewsRequest { page: filter.page.unwrap_or_default() }, &caller);
    let views = app.views.clone().list_saved_views(request).await?.into_inner().saved_views;
    Ok(axum::Json(Page::new(views, "")))
}

/// Keeps a page as you set it up.
#[utoipa::path(post, path = "/v1/saved-views", tag = "journal", params(IdempotencyKey), request_body = dto::NewSavedView,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::SavedView, headers(("Location" = String))),
        (status = 409, description = "`saved-view-name-taken`, `too-many-saved-views`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::NewSavedView>,
) -> Result<impl IntoResponse, Problem> {
    let message = proto::CreateSavedViewRequest { name: body.name, page: body.page, query: body.query };
    let (view, replayed) =
        told(app.views.clone().create_saved_view(key.on(app.request(message, &caller))).await?);
    let location = format!("/v1/saved-views/{}", view.id);
    let answer = Versioned(dto::SavedView::from(view));
    Ok((StatusCode::CREATED, replayed, [(header::LOCATION, location)], answer))
}

/// One saved view.
#[utoipa::path(get, path = "/v1/saved-views/{id}", tag = "journal", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::SavedView), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<Versioned<dto::SavedView>, Problem> {
    let request = app.request(proto::GetSavedViewRequest { saved_view_id: id.text() }, &caller);
    Ok(Versioned(app.views.clone().get_saved_view(request).await?.into_inner().into()))
}

/// Changes name or query of a saved view.
#[utoipa::path(patch, path = "/v1/saved-views/{id}", tag = "journal", params(("id" = String, Path)),
    request_body = dto::SavedViewChange, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::SavedView), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`saved-view-name-taken`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
    Json(body): Json<dto::SavedViewChange>,
) -> Result<Versioned<dto::SavedView>, Problem> {
    let message =
        proto::UpdateSavedViewRequest { saved_view_id: id.text(), name: body.name, query: body.query };
    let request = seen.on(app.request(message, &caller));
    Ok(Versioned(app.views.clone().update_saved_view(request).await?.into_inner().into()))
}

/// Deletes a saved view.
#[utoipa::path(delete, path = "/v1/saved-views/{id}", tag = "journal", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
) -> Result<StatusCode, Problem> {
    let request = seen.on(app.request(proto::DeleteSavedViewRequest { saved_view_id: id.text() }, &caller));
    app.views.clone().delete_saved_view(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
