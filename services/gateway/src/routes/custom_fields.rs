//! `/v1/custom-fields`: what else is noted about each trade.

use crate::{
    app::App,
    conditional::{Seen, Versioned},
    extract::{Id, Json},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, custom_fields as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::{StatusCode, header};
use journal_proto::trades::v1 as proto;

/// Your custom fields, by name.
#[utoipa::path(get, path = "/v1/custom-fields", tag = "journal", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::CustomField>)))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::CustomField>>, Problem> {
    let request = app.request(proto::ListCustomFieldsRequest {}, &caller);
    let custom_fields = app.labels.clone().list_custom_fields(request).await?.into_inner().custom_fields;
    Ok(axum::Json(Page::new(custom_fields, "")))
}

/// Adds something to note about each trade.
#[utoipa::path(post, path = "/v1/custom-fields", tag = "journal", params(IdempotencyKey), request_body = dto::NewCustomField,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::CustomField, headers(("Location" = String))),
        (status = 409, description = "`custom-field-name-taken`, `too-many-custom-fields`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::NewCustomField>,
) -> Result<impl IntoResponse, Problem> {
    let message: proto::CreateCustomFieldRequest = body.into();
    let (made, replayed) =
        told(app.labels.clone().create_custom_field(key.on(app.request(message, &caller))).await?);
    let location = format!("/v1/custom-fields/{}", made.id);
    let answer = Versioned(dto::CustomField::from(made));
    Ok((StatusCode::CREATED, replayed, [(header::LOCATION, location)], answer))
}

/// One custom field.
#[utoipa::path(get, path = "/v1/custom-fields/{id}", tag = "journal", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::CustomField), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<Versioned<dto::CustomField>, Problem> {
    let request = app.request(proto::GetCustomFieldRequest { custom_field_id: id.text() }, &caller);
    Ok(Versioned(app.labels.clone().get_custom_field(request).await?.into_inner().into()))
}

/// Changes the name or the choices of a field. Trades keep the values that they have.
#[utoipa::path(patch, path = "/v1/custom-fields/{id}", tag = "journal", params(("id" = String, Path)),
    request_body = dto::CustomFieldChange, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::CustomField), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`custom-field-name-taken`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
    Json(body): Json<dto::CustomFieldChange>,
) -> Result<Versioned<dto::CustomField>, Problem> {
    let request = seen.on(app.request(body.into_request(id.text()), &caller));
    Ok(Versioned(app.labels.clone().update_custom_field(request).await?.into_inner().into()))
}

/// Deletes a field, and takes its values off all trades.
#[utoipa::path(delete, path = "/v1/custom-fields/{id}", tag = "journal", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`account-busy`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
) -> Result<StatusCode, Problem> {
    let request =
        seen.on(app.request(proto::DeleteCustomFieldRequest { custom_field_id: id.text() }, &caller));
    app.labels.clone().delete_custom_field(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
