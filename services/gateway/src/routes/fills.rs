//! `/v1/fills`: what was executed, as imported, entered or corrected.

use crate::{
    app::App,
    extract::{Id, Params},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, fills as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::{StatusCode, header};
use journal_proto::trades::v1 as proto;

/// Fills, newest first.
#[utoipa::path(get, path = "/v1/fills", tag = "fills", params(dto::FillFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Fill>), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::FillFilter>,
) -> Result<axum::Json<Page<dto::Fill>>, Problem> {
    let request = app.request(filter.into_request()?, &caller);
    let page = app.trades.clone().list_fills(request).await?.into_inner();
    Ok(axum::Json(Page::new(page.fills, &page.next_cursor)))
}

/// One fill.
#[utoipa::path(get, path = "/v1/fills/{id}", tag = "fills", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Fill), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<axum::Json<dto::Fill>, Problem> {
    let request = app.request(proto::GetFillRequest { fill_id: id.text() }, &caller);
    Ok(axum::Json(app.trades.clone().get_fill(request).await?.into_inner().into()))
}

/// Enters a fill by hand: one that no file has, or (`kind` `opening`) a lot of a position that was transferred in.
#[utoipa::path(post, path = "/v1/fills", tag = "fills", params(IdempotencyKey), request_body = dto::NewFill,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Fill, headers(("Location" = String))),
        (status = 404, description = "no such account", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`execution-known`, `beyond-exact-numbers`, `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::NewFill>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(body.into_request()?, &caller));
    let (fill, replayed) = told(app.trades.clone().create_fill(request).await?);
    let fill = dto::Fill::from(fill);
    let location = format!("/v1/fills/{}", fill.id);
    Ok((StatusCode::CREATED, replayed, [(header::LOCATION, location)], axum::Json(fill)))
}

/// States details of a fill anew. Its trades follow; what was stated before is kept.
#[utoipa::path(post, path = "/v1/fills/{id}/corrections", tag = "fills", params(("id" = String, Path), IdempotencyKey),
    request_body = dto::FillCorrection, security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Fill), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`fill-voided`, `beyond-exact-numbers`, `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn correct(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    JsonOnce(body, key): JsonOnce<dto::FillCorrection>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(body.into_request(id.text())?, &caller));
    let (fill, replayed) = told(app.trades.clone().correct_fill(request).await?);
    let fill = dto::Fill::from(fill);
    Ok((StatusCode::CREATED, replayed, axum::Json(fill)))
}

/// All that was said about a fill, oldest first: versions in files, corrections, busts. Empty while only one thing was.
#[utoipa::path(get, path = "/v1/fills/{id}/corrections", tag = "fills", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::FillRecord>),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn records(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<axum::Json<Page<dto::FillRecord>>, Problem> {
    let request = app.request(proto::ListFillRecordsRequest { fill_id: id.text() }, &caller);
    let records = app.trades.clone().list_fill_records(request).await?.into_inner().records;
    Ok(axum::Json(Page::new(records, "")))
}

/// Takes a fill back: it counts in no trade any more, but can still be seen.
#[utoipa::path(post, path = "/v1/fills/{id}/void", tag = "fills", params(("id" = String, Path), IdempotencyKey),
    request_body = dto::FillVoid, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Fill), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`fill-voided`, `beyond-exact-numbers`, `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn void(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    JsonOnce(body, key): JsonOnce<dto::FillVoid>,
) -> Result<impl IntoResponse, Problem> {
    let message = proto::VoidFillRequest { fill_id: id.text(), reason: body.reason };
    let request = key.on(app.request(message, &caller));
    let (fill, replayed) = told(app.trades.clone().void_fill(request).await?);
    Ok((replayed, axum::Json(dto::Fill::from(fill))))
}
