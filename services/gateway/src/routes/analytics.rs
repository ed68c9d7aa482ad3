//! `/v1/analytics`: statistics over closed trades.

use crate::{app::App, extract::Query, problem::Problem, signed_in::SignedIn, wire::analytics as dto};
use axum::{Json, extract::State};
use journal_proto::analytics::v1 as proto;

/// The figures of a set of trades.
#[utoipa::path(get, path = "/v1/analytics/summary", tag = "analytics", params(dto::StatisticsFilter, dto::MeasureParams),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Summary), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn summary(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    query: Query,
) -> Result<Json<dto::Summary>, Problem> {
    let dto::Question { filter, measure, own: dto::Nothing {} } = dto::Question::read(query)?;
    let request = app.request(proto::GetSummaryRequest { filter, measure }, &caller);
    Ok(Json(app.analytics.clone().get_summary(request).await?.into_inner().into()))
}

/// Cumulative P&L and equity by day.
#[utoipa::path(get, path = "/v1/analytics/equity", tag = "analytics", params(dto::StatisticsFilter, dto::MeasureParams, dto::EquityParams),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Equity), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn equity(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    query: Query,
) -> Result<Json<dto::Equity>, Problem> {
    let dto::Question { filter, measure, own: dto::EquityParams { points } } = dto::Question::read(query)?;
    let request = app
        .request(proto::GetEquityRequest { filter, measure, points: dto::count("points", points)? }, &caller);
    Ok(Json(app.analytics.clone().get_equity(request).await?.into_inner().into()))
}

/// P&L and trades by day.
#[utoipa::path(get, path = "/v1/analytics/calendar", tag = "analytics", params(dto::StatisticsFilter, dto::MeasureParams),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Calendar), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn calendar(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    query: Query,
) -> Result<Json<dto::Calendar>, Problem> {
    let dto::Question { filter, measure, own: dto::Nothing {} } = dto::Question::read(query)?;
    let request = app.request(proto::GetCalendarRequest { filter, measure }, &caller);
    Ok(Json(app.analytics.clone().get_calendar(request).await?.into_inner().into()))
}

/// The figures of groups of trades, and which of them may be chance.
#[utoipa::path(get, path = "/v1/analytics/breakdown", tag = "analytics", params(dto::StatisticsFilter, dto::MeasureParams, dto::BreakdownParams),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Breakdown), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn breakdown(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    query: Query,
) -> Result<Json<dto::Breakdown>, Problem> {
    let dto::Question { filter, measure, own: dto::BreakdownParams { by } } = dto::Question::read(query)?;
    let request = app.request(proto::GetBreakdownRequest { filter, measure, by }, &caller);
    Ok(Json(app.analytics.clone().get_breakdown(request).await?.into_inner().into()))
}

/// Histogram, moments and quantiles of the amounts.
#[utoipa::path(get, path = "/v1/analytics/distribution", tag = "analytics", params(dto::StatisticsFilter, dto::MeasureParams, dto::DistributionParams),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Distribution), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn distribution(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    query: Query,
) -> Result<Json<dto::Distribution>, Problem> {
    let dto::Question { filter, measure, own: dto::DistributionParams { bins } } =
        dto::Question::read(query)?;
    let request = app
        .request(proto::GetDistributionRequest { filter, measure, bins: dto::count("bins", bins)? }, &caller);
    Ok(Json(app.analytics.clone().get_distribution(request).await?.into_inner().into()))
}

/// What was lost at worst, and what could be.
#[utoipa::path(get, path = "/v1/analytics/risk", tag = "analytics", params(dto::StatisticsFilter, dto::MeasureParams, dto::RiskParams),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Risk), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn risk(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    query: Query,
) -> Result<Json<dto::Risk>, Problem> {
    let dto::Question::<dto::RiskParams> { filter, measure, own } = dto::Question::read(query)?;
    let request = app.request(own.into_request(filter, measure)?, &caller);
    Ok(Json(app.analytics.clone().get_risk(request).await?.into_inner().into()))
}

/// How far trades went against and for their trader.
#[utoipa::path(get, path = "/v1/analytics/excursions", tag = "analytics", params(dto::StatisticsFilter, dto::ExcursionParams),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Excursions), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn excursions(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    query: Query,
) -> Result<Json<dto::Excursions>, Problem> {
    let dto::Question { filter, own: dto::ExcursionParams { limit }, .. } = dto::Question::read(query)?;
    let request =
        app.request(proto::GetExcursionsRequest { filter, limit: dto::count("limit", limit)? }, &caller);
    Ok(Json(app.analytics.clone().get_excursions(request).await?.into_inner().into()))
}

/// Two sets of trades side by side. Parameters without a prefix are of both cohorts, those with `a_` or `b_` of one.
#[utoipa::path(get, path = "/v1/analytics/compare", tag = "analytics",
    params(dto::StatisticsFilter, dto::MeasureParams, dto::Cohorts), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Comparison), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn compare(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    query: Query,
) -> Result<Json<dto::Comparison>, Problem> {
    let request = app.request(dto::Cohorts::read(query)?, &caller);
    Ok(Json(app.analytics.clone().compare_cohorts(request).await?.into_inner().into()))
}

/// Which days are trading days, market by market: what an account's `session_calendar` may be.
#[utoipa::path(get, path = "/v1/calendars", tag = "accounts", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Calendars)))]
pub(crate) async fn calendars(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    query: Query,
) -> Result<Json<dto::Calendars>, Problem> {
    query.finish()?;
    let request = app.request(proto::ListCalendarsRequest {}, &caller);
    Ok(Json(app.analytics.clone().list_calendars(request).await?.into_inner().into()))
}

/// What each figure means: unit, formula, edge cases and source.
#[utoipa::path(get, path = "/v1/metrics", tag = "analytics", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Metrics)))]
pub(crate) async fn metrics(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    query: Query,
) -> Result<Json<dto::Metrics>, Problem> {
    query.finish()?;
    let request = app.request(proto::ListMetricsRequest {}, &caller);
    Ok(Json(app.analytics.clone().list_metrics(request).await?.into_inner().into()))
}

/// Drops the caller's projections and reads them again from the trades.
#[utoipa::path(post, path = "/v1/analytics/rebuild", tag = "analytics", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Rebuilt)))]
pub(crate) async fn rebuild(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<Json<dto::Rebuilt>, Problem> {
    let request = app.request(proto::RebuildStatisticsRequest {}, &caller);
    let rebuilt = app.analytics.clone().rebuild_statistics(request).await?.into_inner();
    Ok(Json(dto::Rebuilt { trades: rebuilt.trades, accounts: rebuilt.accounts }))
}
