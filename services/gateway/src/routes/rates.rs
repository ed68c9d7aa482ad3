//! `/v1/rates`: dated exchange rates.

use crate::{
    app::App,
    extract::{Json, Params},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, rates as dto},
};
use axum::extract::State;
use http::StatusCode;

/// Your exchange rates and those that your brokers' files told: by currencies, oldest first.
#[utoipa::path(get, path = "/v1/rates", tag = "rates", params(dto::RateFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Rate>), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::RateFilter>,
) -> Result<axum::Json<Page<dto::Rate>>, Problem> {
    let request = app.request(filter.into_request()?, &caller);
    let page = app.rates.clone().list_rates(request).await?.into_inner();
    Ok(axum::Json(Page::new(page.rates, &page.next_cursor)))
}

/// Stores rates; one of the same currencies and time is replaced. You may have 100,000.
#[utoipa::path(put, path = "/v1/rates", tag = "rates", request_body = dto::NewRates,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204),
        (status = 409, description = "`too-many-rates`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "up to 20 of the rates that are not valid, each by its place and field, as `rates[3].rate`; \
            nothing is stored", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn put(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(body): Json<dto::NewRates>,
) -> Result<StatusCode, Problem> {
    let request = app.request(body.into_request()?, &caller);
    app.rates.clone().put_rates(request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes the rates from one currency to another, those of brokers among them. The same again changes nothing.
#[utoipa::path(delete, path = "/v1/rates", tag = "rates", params(dto::RateDeletion),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(query): Params<dto::RateDeletion>,
) -> Result<StatusCode, Problem> {
    let request = app.request(query.into_request()?, &caller);
    app.rates.clone().delete_rates(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
