//! `/v1/me`: the caller's account.

use crate::{
    app::App,
    cookies,
    extract::{Json, OptionalJson, Params},
    problem::Problem,
    signed_in::SignedIn,
    wire::{self, Page, auth::User, me as dto},
};
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use journal_proto::auth::v1 as proto;

/// Changes your name, or asks for another address. The answer shows the old address until the new one is confirmed.
#[utoipa::path(patch, path = "/v1/me", tag = "me", request_body = dto::MeChange, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = User),
        (status = 403, description = "`session-required`: an API key cannot do this; `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-attempts`, or `rate-limited`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<dto::MeChange>,
) -> Result<axum::Json<User>, Problem> {
    let request = app.request(proto::UpdateMeRequest::from(body), &caller);
    Ok(axum::Json(app.account.clone().update_me(request).await?.into_inner().into()))
}

/// Ends all your sessions and API keys, and deletes everything of yours in seven days. Signing in before undoes it, as does the token of the
/// mail.
#[utoipa::path(delete, path = "/v1/me", tag = "me", request_body(content = Option<dto::Farewell>), security(("bearer" = []), ("cookie" = [])),
    responses((status = 202, body = dto::Deletion),
        (status = 403, description = "`session-required`: an API key cannot do this; `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`last-admin`: it is you, and there is no other", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-attempts`, or `rate-limited`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    OptionalJson(body): OptionalJson<dto::Farewell>,
) -> Result<Response, Problem> {
    let message = proto::DeleteMeRequest { password: body.password.unwrap_or_default() };
    let request = app.request(message, &caller);
    let deleted_at = app.account.clone().delete_me(request).await?.into_inner().deleted_at;
    app.revocations.insert(caller.session_id);
    let body = dto::Deletion { deleted_at: wire::required_time(deleted_at) };
    let mut response = (StatusCode::ACCEPTED, axum::Json(body)).into_response();
    cookies::clear(response.headers_mut(), &app.browsers);
    Ok(response)
}

/// Keeps an account that was to be deleted, by the token of the mail: good for seven days, once.
#[utoipa::path(post, path = "/v1/me/deletion/undo", tag = "me", request_body = dto::UndoDeletion,
    responses((status = 204),
        (status = 422, description = "`invalid-token`: used before, expired, or unknown", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn undo_deletion(
    State(app): State<App>,
    Json(body): Json<dto::UndoDeletion>,
) -> Result<StatusCode, Problem> {
    let request = app.anonymous(proto::UndoDeletionRequest { token: body.token });
    app.account.clone().undo_deletion(request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What happened to your account, newest first; kept for a year.
#[utoipa::path(get, path = "/v1/me/audit", tag = "me", params(dto::AuditPage), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::AuditLine>),
        (status = 403, description = "`session-required`: an API key cannot do this", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn audit(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(page): Params<dto::AuditPage>,
) -> Result<axum::Json<Page<dto::AuditLine>>, Problem> {
    let message = proto::ListAuditRequest {
        limit: wire::valid_limit(page.limit)?,
        cursor: page.cursor.unwrap_or_default(),
    };
    let request = app.request(message, &caller);
    let answer = app.account.clone().list_audit(request).await?.into_inner();
    Ok(axum::Json(Page::new(answer.lines, &answer.next_cursor)))
}
