//! `/v1/tags`: words that group trades.

use crate::{
    app::App,
    conditional::{Seen, Versioned},
    extract::{Id, Json},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, tags as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::{StatusCode, header};
use journal_proto::trades::v1 as proto;

/// Your tags, by name, each with the number of trades that have it. A tag that was put on a trade is among them.
#[utoipa::path(get, path = "/v1/tags", tag = "journal", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Tag>)))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::Tag>>, Problem> {
    let request = app.request(proto::ListTagsRequest {}, &caller);
    let tags = app.labels.clone().list_tags(request).await?.into_inner().tags;
    Ok(axum::Json(Page::new(tags, "")))
}

/// Makes a tag before any trade has it.
#[utoipa::path(post, path = "/v1/tags", tag = "journal", params(IdempotencyKey), request_body = dto::NewTag,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Tag, headers(("Location" = String))),
        (status = 409, description = "`tag-name-taken`, `too-many-tags`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::NewTag>,
) -> Result<impl IntoResponse, Problem> {
    let message: proto::CreateTagRequest =
        proto::CreateTagRequest { name: body.name, color: body.color.unwrap_or_default() };
    let (made, replayed) = told(app.labels.clone().create_tag(key.on(app.request(message, &caller))).await?);
    let location = format!("/v1/tags/{}", made.id);
    let answer = Versioned(dto::Tag::from(made));
    Ok((StatusCode::CREATED, replayed, [(header::LOCATION, location)], answer))
}

/// One tag.
#[utoipa::path(get, path = "/v1/tags/{id}", tag = "journal", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Tag), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<Versioned<dto::Tag>, Problem> {
    let request = app.request(proto::GetTagRequest { tag_id: id.text() }, &caller);
    Ok(Versioned(app.labels.clone().get_tag(request).await?.into_inner().into()))
}

/// Changes the name or the color of a tag: another name stands on all trades that have it.
#[utoipa::path(patch, path = "/v1/tags/{id}", tag = "journal", params(("id" = String, Path)),
    request_body = dto::TagChange, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Tag), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`tag-name-taken`, `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
    Json(body): Json<dto::TagChange>,
) -> Result<Versioned<dto::Tag>, Problem> {
    let request = seen.on(app.request(body.into_request(id.text())?, &caller));
    Ok(Versioned(app.labels.clone().update_tag(request).await?.into_inner().into()))
}

/// Deletes a tag, and takes it off all trades.
#[utoipa::path(delete, path = "/v1/tags/{id}", tag = "journal", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`account-busy`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
) -> Result<StatusCode, Problem> {
    let request = seen.on(app.request(proto::DeleteTagRequest { tag_id: id.text() }, &caller));
    app.labels.clone().delete_tag(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
