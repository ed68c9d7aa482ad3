//! `/v1/imports`: a broker's file in, its story out, and back.

mod allowance;
mod upload;

pub(super) use allowance::Allowance;
use upload::Purpose;
pub(super) use upload::file_name;

use crate::{
    app::App,
    conditional::{Seen, Versioned},
    extract::{Id, Params},
    once::{IdempotencyKey, OnceKey, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{self, Page, imports as dto},
};
use axum::{
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State},
    response::IntoResponse,
};
use http::{StatusCode, header};
use journal_proto::trades::v1 as proto;

/// What the fields and boundaries of the form may take beside the file.
const FORM_OVERHEAD: usize = 64 * 1024;

/// Takes a broker's file and queues its import: follow it by `GET /v1/imports/{id}` or over the live stream.
#[utoipa::path(post, path = "/v1/imports", tag = "imports", params(IdempotencyKey),
    request_body(content = dto::Upload, content_type = "multipart/form-data"), security(("bearer" = []), ("cookie" = [])),
    responses((status = 202, body = dto::Import, headers(("Location" = String))),
        (status = 404, description = "no such account", body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn upload(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    key: OnceKey,
    request: Request,
) -> Result<impl IntoResponse, Problem> {
    let form = form(&app, request).await?;
    let (import, replayed) = told(upload::forward(&app, &caller, form, Purpose::Import(key)).await?);
    let import = dto::Import::from(import);
    let location = format!("/v1/imports/{}", import.id);
    Ok((StatusCode::ACCEPTED, replayed, [(header::LOCATION, location)], axum::Json(import)))
}

/// What an import of the same form would do: everything but storing it. "12 new, 340 known, 1 changed".
#[utoipa::path(post, path = "/v1/imports/preview", tag = "imports",
    request_body(content = dto::Upload, content_type = "multipart/form-data"), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Preview),
        (status = 404, description = "no such account", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn preview(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    request: Request,
) -> Result<axum::Json<dto::Preview>, Problem> {
    let form = form(&app, request).await?;
    Ok(axum::Json(upload::forward(&app, &caller, form, Purpose::Preview).await?.into_inner().into()))
}

/// The form of a request, whose file may be as large as anybody's.
pub(super) async fn form(app: &App, mut request: Request) -> Result<(Multipart, Allowance), Problem> {
    let allowance = Allowance::default();
    request = request.map(|body| allowance.guard(body));
    // The extractor reads the limit from the request: these routes take more than a JSON body.
    DefaultBodyLimit::apply(DefaultBodyLimit::max(app.max_upload_bytes + FORM_OVERHEAD), &mut request);
    match Multipart::from_request(request, app).await {
        Ok(multipart) => Ok((multipart, allowance)),
        Err(rejection) => Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            rejection.body_text(),
        )),
    }
}

/// Imports, newest first.
#[utoipa::path(get, path = "/v1/imports", tag = "imports", params(dto::ImportFilter),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = Page<dto::Import>)))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::ImportFilter>,
) -> Result<axum::Json<Page<dto::Import>>, Problem> {
    let message = proto::ListImportsRequest {
        page: wire::page(filter.limit, filter.cursor)?,
        account_id: filter.account_id.unwrap_or_default(),
    };
    let request = app.request(message, &caller);
    let page = app.trades.clone().list_imports(request).await?.into_inner();
    Ok(axum::Json(Page::new(page.imports, &page.next_cursor)))
}

/// One import: status, progress, counts, diagnostics by line, reconciliation.
#[utoipa::path(get, path = "/v1/imports/{id}", tag = "imports", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Import), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<Versioned<dto::Import>, Problem> {
    let request = app.request(proto::GetImportRequest { import_id: id.text() }, &caller);
    Ok(Versioned(app.trades.clone().get_import(request).await?.into_inner().into()))
}

/// Takes back what an import brought. Again is fine.
#[utoipa::path(delete, path = "/v1/imports/{id}", tag = "imports", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Undone), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`import-not-finished`, `beyond-exact-numbers`, `account-busy`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn undo(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
) -> Result<axum::Json<dto::Undone>, Problem> {
    let request = seen.on(app.request(proto::UndoImportRequest { import_id: id.text() }, &caller));
    Ok(axum::Json(app.trades.clone().undo_import(request).await?.into_inner().into()))
}

/// The formats that can be read.
#[utoipa::path(get, path = "/v1/imports/formats", tag = "imports", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Format>)))]
pub(crate) async fn formats(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::Format>>, Problem> {
    let request = app.request(proto::ListFormatsRequest {}, &caller);
    let formats = app.trades.clone().list_formats(request).await?.into_inner().formats;
    Ok(axum::Json(Page::new(formats, "")))
}
