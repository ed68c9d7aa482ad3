//! `/v1/accounts`: where trades happen.

use crate::{
    app::App,
    conditional::{Seen, Versioned},
    extract::{Id, Json},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, accounts as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::{StatusCode, header};
use journal_proto::trades::v1 as proto;

/// The caller's accounts.
#[utoipa::path(get, path = "/v1/accounts", tag = "accounts", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Account>)))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::Account>>, Problem> {
    let request = app.request(proto::ListAccountsRequest {}, &caller);
    let accounts = app.trades.clone().list_accounts(request).await?.into_inner().accounts;
    Ok(axum::Json(Page::new(accounts, "")))
}

/// Creates an account.
#[utoipa::path(post, path = "/v1/accounts", tag = "accounts", params(IdempotencyKey), request_body = dto::NewAccount,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::Account, headers(("Location" = String))),
        (status = 409, description = "`account-name-taken`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::NewAccount>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(body.into_request()?, &caller));
    let (account, replayed) = told(app.trades.clone().create_account(request).await?);
    let account = dto::Account::from(account);
    let location = format!("/v1/accounts/{}", account.id);
    Ok((StatusCode::CREATED, replayed, [(header::LOCATION, location)], Versioned(account)))
}

/// One account.
#[utoipa::path(get, path = "/v1/accounts/{id}", tag = "accounts", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Account), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<Versioned<dto::Account>, Problem> {
    let request = app.request(proto::GetAccountRequest { account_id: id.text() }, &caller);
    Ok(Versioned(app.trades.clone().get_account(request).await?.into_inner().into()))
}

/// Changes an account.
#[utoipa::path(patch, path = "/v1/accounts/{id}", tag = "accounts", params(("id" = String, Path)),
    request_body = dto::AccountChange, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Account), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`account-name-taken`; `beyond-exact-numbers`: a result has more digits than exact numbers hold, matched the other way; `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
    Json(body): Json<dto::AccountChange>,
) -> Result<Versioned<dto::Account>, Problem> {
    let request = seen.on(app.request(body.into_request(id.text()), &caller));
    Ok(Versioned(app.trades.clone().update_account(request).await?.into_inner().into()))
}

/// Deletes an account with its imports, fills and trades.
#[utoipa::path(delete, path = "/v1/accounts/{id}", tag = "accounts", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`account-busy`", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
) -> Result<StatusCode, Problem> {
    let request = seen.on(app.request(proto::DeleteAccountRequest { account_id: id.text() }, &caller));
    app.trades.clone().delete_account(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
