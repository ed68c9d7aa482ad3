//! `/v1/me/exports`: everything of yours in one file.

use crate::{
    app::App,
    extract::Id,
    once::{IdempotencyKey, OnceKey, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, exports as dto},
};
use axum::{
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::{HeaderValue, StatusCode, header};
use journal_proto::trades::v1 as proto;

/// Begins an export of everything that is yours: your inbox tells when the file can be downloaded, for seven days from now.
#[utoipa::path(post, path = "/v1/me/export", tag = "me", params(IdempotencyKey), security(("bearer" = []), ("cookie" = [])),
    responses((status = 202, body = dto::Export, headers(("Location", description = "Where to look how far it is"))),
        (status = 403, description = "`session-required`: an API key cannot do this; `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`export-running`: one is being made; `too-many-exports`: five are kept", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "the `Idempotency-Key` is none, or was sent with another request", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn start(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    key: OnceKey,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(proto::StartExportRequest {}, &caller));
    let (export, replayed) = told(app.exports.clone().start_export(request).await?);
    let location = format!("/v1/me/exports/{}", export.id);
    Ok((
        StatusCode::ACCEPTED,
        replayed,
        [(header::LOCATION, location)],
        axum::Json(dto::Export::from(export)),
    ))
}

/// Your exports that are kept, newest first.
#[utoipa::path(get, path = "/v1/me/exports", tag = "me", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Export>),
        (status = 403, description = "`session-required`: an API key cannot do this", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::Export>>, Problem> {
    let request = app.request(proto::ListExportsRequest {}, &caller);
    let exports = app.exports.clone().list_exports(request).await?.into_inner().exports;
    Ok(axum::Json(Page::new(exports, "")))
}

/// How far an export is.
#[utoipa::path(get, path = "/v1/me/exports/{id}", tag = "me", params(("id" = String, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Export),
        (status = 403, description = "`session-required`: an API key cannot do this", body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<axum::Json<dto::Export>, Problem> {
    let request = app.request(proto::GetExportRequest { export_id: id.text() }, &caller);
    Ok(axum::Json(app.exports.clone().get_export(request).await?.into_inner().into()))
}

/// The file of a completed export. 404 while there is none.
#[utoipa::path(get, path = "/v1/me/exports/{id}/file", tag = "me", params(("id" = String, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "A ZIP file", body = Vec<u8>, content_type = "application/zip"),
        (status = 403, description = "`session-required`: an API key cannot do this", body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn download(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<Response, Problem> {
    let request = app.request(proto::DownloadExportRequest { export_id: id.text() }, &caller);
    let chunks = app.exports.clone().download_export(request).await?.into_inner();
    let bytes = chunks.map_ok(|message| message.chunk).map_err(std::io::Error::other);
    let mut response = Response::new(Body::from_stream(bytes.boxed()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    let disposition = HeaderValue::from_static("attachment; filename=\"journal-export.zip\"");
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}
