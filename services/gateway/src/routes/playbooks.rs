//! `/v1/playbooks`: ways of trading.

use crate::{
    app::App,
    conditional::{Seen, Versioned},
    extract::{Id, Json},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, playbooks as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::{StatusCode, header};
use journal_proto::trades::v1 as proto;

/// Your playbooks, by name.
#[utoipa::path(get, path = "/v1/playbooks", tag = "journal", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Playbook>)))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::Playbook>>, Problem> {
    let request = app.request(proto::ListPlaybooksRequest {}, &caller);
    let playbooks = app.labels.clone().list_playbooks(request).await?.into_inner().playbooks;
    Ok(axum::Json(Page::new(playbooks, "")))
}

/// Writes down a way of trading, and the rules that it is made of.
#[utoipa::path(post, path = "/v1/playbooks", tag = "journal", params(IdempotencyKey), request_body = dto::NewPlaybook,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Playbook, headers(("Location" = String))),
        (status = 409, description = "`playbook-name-taken`, `too-many-playbooks`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::NewPlaybook>,
) -> Result<impl IntoResponse, Problem> {
    let message: proto::CreatePlaybookRequest = body.into();
    let (made, replayed) =
        told(app.labels.clone().create_playbook(key.on(app.request(message, &caller))).await?);
    let location = format!("/v1/playbooks/{}", made.id);
    let answer = Versioned(dto::Playbook::from(made));
    Ok((StatusCode::CREATED, replayed, [(header::LOCATION, location)], answer))
}

/// One playbook.
#[utoipa::path(get, path = "/v1/playbooks/{id}", tag = "journal", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Playbook), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<Versioned<dto::Playbook>, Problem> {
    let request = app.request(proto::GetPlaybookRequest { playbook_id: id.text() }, &caller);
    Ok(Versioned(app.labels.clone().get_playbook(request).await?.into_inner().into()))
}

/// Changes a playbook. Rules keep their ids; one that is left out is not kept on any trade any more.
#[utoipa::path(patch, path = "/v1/playbooks/{id}", tag = "journal", params(("id" = String, Path)),
    request_body = dto::PlaybookChange, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Playbook), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`playbook-name-taken`, `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
    Json(body): Json<dto::PlaybookChange>,
) -> Result<Versioned<dto::Playbook>, Problem> {
    let request = seen.on(app.request(body.into_request(id.text()), &caller));
    Ok(Versioned(app.labels.clone().update_playbook(request).await?.into_inner().into()))
}

/// Deletes a playbook, and takes it off all trades.
#[utoipa::path(delete, path = "/v1/playbooks/{id}", tag = "journal", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`account-busy`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
) -> Result<StatusCode, Problem> {
    let request = seen.on(app.request(proto::DeletePlaybookRequest { playbook_id: id.text() }, &caller));
    app.labels.clone().delete_playbook(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
