//! `/v1/bars`: prices over time, which say how far trades went between their fills.

use crate::{
    app::App,
    extract::{Csv, Params},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, bars as dto},
};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request, State};
use journal_proto::trades::v1 as proto;

/// Some 250,000 bars; what is more comes as several files.
const MAX_BYTES: usize = 15 * 1024 * 1024;

/// Takes a CSV (or TSV) of price bars of one symbol: a column for the time, and open, high, low and close. They take the place of
/// those that are known of the time from the first to the last of them, so the same file again changes nothing. MAE, MFE and the
/// efficiency of closed trades in the symbol follow, where the broker's file tells none.
#[utoipa::path(put, path = "/v1/bars", tag = "trades", params(dto::BarQuery),
    request_body(content = String, content_type = "text/csv"), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::BarsTaken),
        (status = 409, description = "`too-many-bars`, `account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn put(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(query): Params<dto::BarQuery>,
    mut request: Request,
) -> Result<axum::Json<dto::BarsTaken>, Problem> {
    // The extractor reads the limit from the request: this route takes more than a JSON body.
    DefaultBodyLimit::apply(DefaultBodyLimit::max(MAX_BYTES), &mut request);
    let Csv(file) = Csv::from_request(request, &app).await?;
    let message = proto::PutBarsRequest {
        symbol: query.symbol,
        file: file.into(),
        time_zone: query.time_zone.unwrap_or_default(),
        date_order: query.date_order.unwrap_or_default(),
    };
    let request = app.request(message, &caller);
    Ok(axum::Json(app.bars.clone().put_bars(request).await?.into_inner().try_into()?))
}

/// The symbols that have bars, and how many of your trades these measure.
#[utoipa::path(get, path = "/v1/bars", tag = "trades", security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::BarSeries>)))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<dto::BarSeries>>, Problem> {
    let request = app.request(proto::ListBarsRequest {}, &caller);
    let series = app.bars.clone().list_bars(request).await?.into_inner().series;
    Ok(axum::Json(Page::new(series, "")))
}

/// The prices of a symbol over a stretch of time, oldest first, to draw them. Where there are more bars than `most`, several follow each
/// other as one: the open of the first, the close of the last, the highest and the lowest price of them. A symbol without bars has no prices.
#[utoipa::path(get, path = "/v1/bars/prices", tag = "trades", params(dto::PriceQuery), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::PriceBar>),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn prices(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(query): Params<dto::PriceQuery>,
) -> Result<axum::Json<Page<dto::PriceBar>>, Problem> {
    let request = app.request(query.into_request()?, &caller);
    let prices = app.bars.clone().list_prices(request).await?.into_inner().prices;
    Ok(axum::Json(Page::new(prices, "")))
}

/// Forgets all bars of a symbol, and how far trades went by them.
#[utoipa::path(delete, path = "/v1/bars", tag = "trades", params(dto::BarSymbol),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::BarsForgotten),
        (status = 404, description = "there are no bars of this symbol", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`account-busy`", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(query): Params<dto::BarSymbol>,
) -> Result<axum::Json<dto::BarsForgotten>, Problem> {
    let request = app.request(proto::DeleteBarsRequest { symbol: query.symbol }, &caller);
    Ok(axum::Json(app.bars.clone().delete_bars(request).await?.into_inner().into()))
}
