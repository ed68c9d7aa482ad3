//! `/v1/analytics`: statistics over closed trades.

use crate::{app::App, extract::Params, problem::Problem, signed_in::SignedIn, wire::analytics as dto};
use axum::{Json, extract::State};
use journal_proto::analytics::v1 as proto;

/// The figures of a set of trades.
#[utoipa::path(get, path = "/v1/analytics/summary", tag = "analytics", params(dto::StatisticsFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Summary), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn summary(
    State(mut app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::StatisticsFilter>,
) -> Result<Json<dto::Summary>, Problem> {
    let request = app.request(proto::GetSummaryRequest { filter: filter.into_filter()? }, &caller);
    Ok(Json(app.analytics.get_summary(request).await?.into_inner().into()))
}

/// Cumulative net P&L by day.
#[utoipa::path(get, path = "/v1/analytics/equity", tag = "analytics", params(dto::StatisticsFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Equity), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn equity(
    State(mut app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::StatisticsFilter>,
) -> Result<Json<dto::Equity>, Problem> {
    let request = app.request(proto::GetEquityRequest { filter: filter.into_filter()? }, &caller);
    Ok(Json(app.analytics.get_equity(request).await?.into_inner().into()))
}

/// P&L and trades by day.
#[utoipa::path(get, path = "/v1/analytics/calendar", tag = "analytics", params(dto::StatisticsFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Calendar), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn calendar(
    State(mut app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::StatisticsFilter>,
) -> Result<Json<dto::Calendar>, Problem> {
    let request = app.request(proto::GetCalendarRequest { filter: filter.into_filter()? }, &caller);
    Ok(Json(app.analytics.get_calendar(request).await?.into_inner().into()))
}

/// The figures by weekday, hour, symbol or side.
#[utoipa::path(get, path = "/v1/analytics/breakdown", tag = "analytics", params(dto::BreakdownFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Breakdown), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn breakdown(
    State(mut app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::BreakdownFilter>,
) -> Result<Json<dto::Breakdown>, Problem> {
    let request = app.request(filter.into_request()?, &caller);
    Ok(Json(app.analytics.get_breakdown(request).await?.into_inner().into()))
}

/// Drops the caller's projections and reads them again from the trades.
#[utoipa::path(post, path = "/v1/analytics/rebuild", tag = "analytics", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Rebuilt)))]
pub(crate) async fn rebuild(
    State(mut app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<Json<dto::Rebuilt>, Problem> {
    let mut request = app.request(proto::RebuildStatisticsRequest {}, &caller);
    request.set_timeout(app.request_time * 10);
    let rebuilt = app.analytics.rebuild_statistics(request).await?.into_inner();
    Ok(Json(dto::Rebuilt { trades: rebuilt.trades, accounts: rebuilt.accounts }))
}
