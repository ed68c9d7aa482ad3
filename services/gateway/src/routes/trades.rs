//! `/v1/trades`: round trips and what the trader wrote about them.

use crate::{
    app::App,
    conditional::{Seen, Versioned},
    extract::{Id, Json, Params},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, trades as dto},
};
use axum::{extract::State, response::IntoResponse};

/// Trades, newest first unless sorted otherwise.
#[utoipa::path(get, path = "/v1/trades", tag = "trades", params(dto::TradeFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::Trade>), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::TradeFilter>,
) -> Result<axum::Json<Page<dto::Trade>>, Problem> {
    let request = app.request(filter.into_request()?, &caller);
    let page = app.trades.clone().list_trades(request).await?.into_inner();
    Ok(axum::Json(Page::new(page.trades, &page.next_cursor)))
}

/// One trade with its fills, legs and source lines.
#[utoipa::path(get, path = "/v1/trades/{id}", tag = "trades", params(("id" = String, Path), dto::DetailQuery),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::TradeDetail), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`beyond-exact-numbers`: a result has more digits than exact numbers hold, in the currency of the account", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    Params(query): Params<dto::DetailQuery>,
) -> Result<Versioned<dto::TradeDetail>, Problem> {
    let request = app.request(query.into_request(id.text()), &caller);
    Ok(Versioned(app.trades.clone().get_trade(request).await?.into_inner().try_into()?))
}

/// Changes notes, tags, what else the trade is sorted by, and the plan; never what was traded.
#[utoipa::path(patch, path = "/v1/trades/{id}", tag = "trades", params(("id" = String, Path)),
    request_body = dto::TradeChange, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Trade), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`too-many-tags`, `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn update(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
    seen: Seen,
    Json(body): Json<dto::TradeChange>,
) -> Result<Versioned<dto::Trade>, Problem> {
    let request = seen.on(app.request(body.into_request(id.text())?, &caller));
    Ok(Versioned(app.trades.clone().update_trade(request).await?.into_inner().into()))
}

/// Changes tags, playbook or rating of up to 200 trades, all or none of them. The same again changes nothing.
#[utoipa::path(post, path = "/v1/trades/bulk", tag = "trades", params(IdempotencyKey), request_body = dto::BulkChange,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::BulkChanged),
        (status = 404, description = "one of the trades is not there, or is somebody else's: none is changed", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`too-many-tags`; `request-in-flight`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn bulk(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::BulkChange>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(body.into_request()?, &caller));
    let (changed, replayed) = told(app.trades.clone().label_trades(request).await?);
    Ok((replayed, axum::Json(dto::BulkChanged { changed_trade_ids: changed.changed_trade_ids })))
}
