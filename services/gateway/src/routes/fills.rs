//! `/v1/fills`: what was executed, as imported.

use crate::{
    app::App,
    extract::{Id, Params},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, fills as dto},
};
use axum::extract::State;
use journal_proto::trades::v1 as proto;

/// Fills, newest first.
#[utoipa::path(get, path = "/v1/fills", tag = "fills", params(dto::FillFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Fill>), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(mut app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::FillFilter>,
) -> Result<axum::Json<Page<dto::Fill>>, Problem> {
    let request = app.request(filter.into_request()?, &caller);
    let page = app.trades.list_fills(request).await?.into_inner();
    Ok(axum::Json(Page::new(page.fills, page.next_cursor)))
}

/// One fill.
#[utoipa::path(get, path = "/v1/fills/{id}", tag = "fills", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Fill), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(mut app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<axum::Json<dto::Fill>, Problem> {
    let request = app.request(proto::GetFillRequest { fill_id: id.text() }, &caller);
    Ok(axum::Json(app.trades.get_fill(request).await?.into_inner().into()))
}
