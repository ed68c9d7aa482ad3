//! `/v1/mentors` and `/v1/mentored`: who may read whose journal.

use crate::{
    app::App,
    extract::{Id, Json},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, mentors as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::StatusCode;
use identity::SessionId;
use journal_proto::auth::v1 as proto;

/// Who reads your journal or is invited to, newest first.
#[utoipa::path(get, path = "/v1/mentors", tag = "mentors", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Mentor>),
        (status = 403, description = "`session-required`: an API key cannot do this", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::Mentor>>, Problem> {
    let request = app.request(proto::ListMentorsRequest {}, &caller);
    let mentors = app.mentors.clone().list_mentors(request).await?.into_inner().mentors;
    Ok(axum::Json(Page::new(mentors, "")))
}

/// Invites somebody by mail to read your journal, and change nothing: good for 14 days, once.
#[utoipa::path(post, path = "/v1/mentors", tag = "mentors", params(IdempotencyKey), request_body = dto::NewMentor,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Mentor),
        (status = 403, description = "`session-required`: an API key cannot do this; `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`too-many-mentors`: there are ten", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many-attempts`: many invitations went there of late; or `rate-limited`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn invite(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::NewMentor>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(proto::InviteMentorRequest { email: body.email }, &caller));
    let (mentor, replayed) = told(app.mentors.clone().invite_mentor(request).await?);
    Ok((StatusCode::CREATED, replayed, axum::Json(dto::Mentor::from(mentor))))
}

/// Takes back an invitation, or ends that somebody reads your journal, at once.
#[utoipa::path(delete, path = "/v1/mentors/{id}", tag = "mentors", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204),
        (status = 403, description = "`session-required`: an API key cannot do this; `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn end(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<StatusCode, Problem> {
    let request = app.request(proto::EndMentorRequest { mentor_id: id.text() }, &caller);
    app.mentors.clone().end_mentor(request).await?;
    app.revocations.insert(SessionId(id.0));
    Ok(StatusCode::NO_CONTENT)
}

/// Whose journals you may read, newest first: their `owner_id` is what the header `Journal-Owner` takes.
#[utoipa::path(get, path = "/v1/mentored", tag = "mentors", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Mentored>),
        (status = 403, description = "`session-required`: an API key cannot do this", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list_mentored(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::Mentored>>, Problem> {
    let request = app.request(proto::ListMentoredRequest {}, &caller);
    let mentored = app.mentors.clone().list_mentored(request).await?.into_inner().mentored;
    Ok(axum::Json(Page::new(mentored, "")))
}

/// Accepts an invitation by the token of its mail, whatever your own address is. It works once: there is no `Idempotency-Key`.
#[utoipa::path(post, path = "/v1/mentored", tag = "mentors", request_body = dto::Acceptance, security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Mentored),
        (status = 403, description = "`session-required`: an API key cannot do this; `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid-token`: used before, taken back, expired, or unknown", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn accept(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<dto::Acceptance>,
) -> Result<(StatusCode, axum::Json<dto::Mentored>), Problem> {
    let request = app.request(proto::AcceptInvitationRequest { token: body.token }, &caller);
    let mentored = app.mentors.clone().accept_invitation(request).await?.into_inner();
    Ok((StatusCode::CREATED, axum::Json(mentored.into())))
}

/// Gives up reading somebody's journal.
#[utoipa::path(delete, path = "/v1/mentored/{id}", tag = "mentors", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204),
        (status = 403, description = "`session-required`: an API key cannot do this; `origin-not-allowed`", body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn leave(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<StatusCode, Problem> {
    let request = app.request(proto::LeaveMentoredRequest { mentored_id: id.text() }, &caller);
    app.mentors.clone().leave_mentored(request).await?;
    app.revocations.insert(SessionId(id.0));
    Ok(StatusCode::NO_CONTENT)
}
