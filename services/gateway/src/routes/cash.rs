//! `/v1/accounts/{id}/cash`: money that moved beside the fills.

use crate::{
    app::App,
    extract::{Id, Params},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, cash as dto},
};
use axum::{extract::State, response::IntoResponse};
use http::StatusCode;

/// Deposits, withdrawals, dividends, interest, funding, fees, ...: newest first.
#[utoipa::path(get, path = "/v1/accounts/{id}/cash", tag = "accounts", params(("id" = String, Path), dto::CashFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::CashEntry>),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    Params(filter): Params<dto::CashFilter>,
) -> Result<axum::Json<Page<dto::CashEntry>>, Problem> {
    let request = app.request(filter.into_request(id.text())?, &caller);
    let page = app.trades.clone().list_cash(request).await?.into_inner();
    Ok(axum::Json(Page::new(page.entries, &page.next_cursor)))
}

/// Enters cash by hand. With a symbol it belongs to the trade that was open in it.
#[utoipa::path(post, path = "/v1/accounts/{id}/cash", tag = "accounts", params(("id" = String, Path), IdempotencyKey),
    request_body = dto::NewCashEntry, security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::CashEntry),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`beyond-exact-numbers`: a result has more digits than exact numbers hold; `request-in-flight`; `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    JsonOnce(body, key): JsonOnce<dto::NewCashEntry>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(body.into_request(id.text())?, &caller));
    let (entry, replayed) = told(app.trades.clone().create_cash(request).await?);
    let entry = dto::CashEntry::from(entry);
    Ok((StatusCode::CREATED, replayed, axum::Json(entry)))
}
