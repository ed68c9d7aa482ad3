//! `/v1/strategies`: option positions of several legs as one trade.

use crate::{
    app::App,
    extract::{Id, Params},
    once::{IdempotencyKey, JsonOnce, told},
    problem::Problem,
    signed_in::SignedIn,
    wire::strategies as dto,
};
use axum::{extract::State, response::IntoResponse};
use http::StatusCode;
use journal_proto::trades::v1 as proto;

/// The option strategies of an account, newest first: recognised, or grouped by hand. Trades and statistics are those of the
/// legs; what is shown here counts nowhere else.
#[utoipa::path(get, path = "/v1/strategies", tag = "trades", params(dto::StrategyFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Strategies),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`too-many-fills`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::StrategyFilter>,
) -> Result<axum::Json<dto::Strategies>, Problem> {
    let request = app.request(filter.into_request()?, &caller);
    Ok(axum::Json(app.strategies.clone().list_strategies(request).await?.into_inner().into()))
}

/// Makes one strategy of trades in options on one underlying, and in the underlying itself. The same trades again get the same
/// answer.
#[utoipa::path(post, path = "/v1/strategies", tag = "trades", params(IdempotencyKey), request_body = dto::NewStrategyGroup,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, body = dto::StrategyGroup),
        (status = 404, description = "one of the trades is none of yours", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`already-regrouped`, `too-many-groups`, `too-many-fills`, `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn group(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    JsonOnce(body, key): JsonOnce<dto::NewStrategyGroup>,
) -> Result<impl IntoResponse, Problem> {
    let request = key.on(app.request(proto::GroupStrategyRequest { trade_ids: body.trade_ids }, &caller));
    let (group, replayed) = told(app.strategies.clone().group_strategy(request).await?);
    let group = dto::StrategyGroup::from(group);
    Ok((StatusCode::CREATED, replayed, axum::Json(group)))
}

/// Forgets a group, by `group_id`: its trades are recognised like all others again.
#[utoipa::path(delete, path = "/v1/strategies/{id}", tag = "trades", params(("id" = String, Path)),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn ungroup(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    id: Id,
) -> Result<StatusCode, Problem> {
    let request = app.request(proto::UngroupStrategyRequest { group_id: id.text() }, &caller);
    app.strategies.clone().ungroup_strategy(request).await?;
    Ok(StatusCode::NO_CONTENT)
}
