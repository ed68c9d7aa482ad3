//! `/v1/imports/mappings`: how somebody's own CSV files are laid out.

use crate::{
    app::App,
    conditional::{Seen, Versioned},
    extract::{Id, Json},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, mappings as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::{StatusCode, header};
use journal_proto::trades::v1 as proto;

/// Your mappings, by name.
#[utoipa::path(get, path = "/v1/imports/mappings", tag = "imports", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Mapping>)))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::Mapping>>, Problem> {
    let request = app.request(proto::ListMappingsRequest {}, &caller);
    let mappings = app.trades.clone().list_mappings(request).await?.into_inner().mappings;
    Ok(axum::Json(Page::new(mappings, "")))
}

/// Keeps a layout under a name.
#[utoipa::path(post, path = "/v1/imports/mappings", tag = "imports", params(IdempotencyKey), request_body = dto::MappingContent,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Mapping, headers(("Location" = String))),
        (status = 409, description = "`mapping-name-taken`, `too-many-mappings`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::MappingContent>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(proto::CreateMappingRequest { content: Some(body.into()) }, &caller));
    let (mapping, replayed) = told(app.trades.clone().create_mapping(request).await?);
    let mapping = dto::Mapping::from(mapping);
    let location = format!("/v1/imports/mappings/{}", mapping.id);
    Ok((StatusCode::CREATED, replayed, [(header::LOCATION, location)], Versioned(mapping)))
}

/// One mapping.
#[utoipa::path(get, path = "/v1/imports/mappings/{id}", tag = "imports", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Mapping), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<Versioned<dto::Mapping>, Problem> {
    let request = app.request(proto::GetMappingRequest { mapping_id: id.text() }, &caller);
    Ok(Versioned(app.trades.clone().get_mapping(request).await?.into_inner().into()))
}

/// States a mapping anew. Imports that were read with it keep what it was.
#[utoipa::path(put, path = "/v1/imports/mappings/{id}", tag = "imports", params(("id" = String, Path)),
    request_body = dto::MappingContent, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Mapping), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`mapping-name-taken`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn replace(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
    Json(body): Json<dto::MappingContent>,
) -> Result<Versioned<dto::Mapping>, Problem> {
    let message = proto::ReplaceMappingRequest { mapping_id: id.text(), content: Some(body.into()) };
    let request = seen.on(app.request(message, &caller));
    Ok(Versioned(app.trades.clone().replace_mapping(request).await?.into_inner().into()))
}

/// Deletes a mapping. Imports that were read with it keep its layout.
#[utoipa::path(delete, path = "/v1/imports/mappings/{id}", tag = "imports", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
) -> Result<StatusCode, Problem> {
    let request = seen.on(app.request(proto::DeleteMappingRequest { mapping_id: id.text() }, &caller));
    app.trades.clone().delete_mapping(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
