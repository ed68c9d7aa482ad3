//! `/v1/journal-templates`: texts that notes begin with.

use crate::{
    app::App,
    conditional::{Seen, Versioned},
    extract::{Id, Json},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, templates as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::{StatusCode, header};
use journal_proto::trades::v1 as proto;

/// Your templates, by name.
#[utoipa::path(get, path = "/v1/journal-templates", tag = "journal", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Template>)))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::Template>>, Problem> {
    let request = app.request(proto::ListTemplatesRequest {}, &caller);
    let templates = app.journal.clone().list_templates(request).await?.into_inner().templates;
    Ok(axum::Json(Page::new(templates, "")))
}

/// Keeps a text that notes may begin with.
#[utoipa::path(post, path = "/v1/journal-templates", tag = "journal", params(IdempotencyKey), request_body = dto::NewTemplate,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Template, headers(("Location" = String))),
        (status = 409, description = "`template-name-taken`, `too-many-templates`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::NewTemplate>,
) -> Result<impl IntoResponse, Problem> {
    let message = proto::CreateTemplateRequest { name: body.name, body: body.body };
    let (template, replayed) =
        told(app.journal.clone().create_template(key.on(app.request(message, &caller))).await?);
    let location = format!("/v1/journal-templates/{}", template.id);
    let answer = Versioned(dto::Template::from(template));
    Ok((StatusCode::CREATED, replayed, [(header::LOCATION, location)], answer))
}

/// One template.
#[utoipa::path(get, path = "/v1/journal-templates/{id}", tag = "journal", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Template), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<Versioned<dto::Template>, Problem> {
    let request = app.request(proto::GetTemplateRequest { template_id: id.text() }, &caller);
    Ok(Versioned(app.journal.clone().get_template(request).await?.into_inner().into()))
}

/// Changes name or body of a template.
#[utoipa::path(patch, path = "/v1/journal-templates/{id}", tag = "journal", params(("id" = String, Path)),
    request_body = dto::TemplateChange, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Template), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`template-name-taken`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
    Json(body): Json<dto::TemplateChange>,
) -> Result<Versioned<dto::Template>, Problem> {
    let message = proto::UpdateTemplateRequest { template_id: id.text(), name: body.name, body: body.body };
    let request = seen.on(app.request(message, &caller));
    Ok(Versioned(app.journal.clone().update_template(request).await?.into_inner().into()))
}

/// Deletes a template. Notes that began with it stay as they are.
#[utoipa::path(delete, path = "/v1/journal-templates/{id}", tag = "journal", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
) -> Result<StatusCode, Problem> {
    let request = seen.on(app.request(proto::DeleteTemplateRequest { template_id: id.text() }, &caller));
    app.journal.clone().delete_template(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
