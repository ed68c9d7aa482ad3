//! `/v1/auth/api-keys`: keys of a user's own programs.

use crate::{
    app::App,
    extract::Id,
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, api_keys as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::{StatusCode, header};
use journal_proto::auth::v1 as proto;

/// Your API keys, newest first, without their secrets.
#[utoipa::path(get, path = "/v1/auth/api-keys", tag = "sign-in", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::ApiKey>),
        (status = 403, description = "`session-required`: an API key manages no keys", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::ApiKey>>, Problem> {
    let request = app.request(proto::ListApiKeysRequest {}, &caller);
    let keys = app.api_keys.clone().list_api_keys(request).await?.into_inner().api_keys;
    Ok(axum::Json(Page::new(keys, "")))
}

/// Makes a key that reads your journal, or reads and changes it, and never your account. Its secret is told this once.
#[utoipa::path(post, path = "/v1/auth/api-keys", tag = "sign-in", params(IdempotencyKey), request_body = dto::NewApiKey,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::CreatedApiKey),
        (status = 403, description = "`session-required`: an API key makes no keys; or `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`too-many-api-keys`: there are twenty; `secret-gone`: an `Idempotency-Key` of before, whose secret cannot be told again", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::NewApiKey>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(body.request()?, &caller));
    let (created, replayed) = told(app.api_keys.clone().create_api_key(request).await?);
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::CREATED, replayed, no_store, axum::Json(dto::CreatedApiKey::from(created))))
}

/// Revokes a key, at once.
#[utoipa::path(delete, path = "/v1/auth/api-keys/{id}", tag = "sign-in", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204),
        (status = 403, description = "`session-required`: an API key revokes no keys; or `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn revoke(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<StatusCode, Problem> {
    let request = app.request(proto::RevokeApiKeyRequest { api_key_id: id.text() }, &caller);
    app.api_keys.clone().revoke_api_key(request).await?;
    app.revocations.insert(identity::SessionId(id.0));
    Ok(StatusCode::NO_CONTENT)
}
