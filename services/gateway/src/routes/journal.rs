//! `/v1/journal`: what a trader writes about days.

use crate::{
    app::App,
    conditional::{Seen, Versioned},
    extract::{Json, Params, Text},
    problem::Problem,
    signed_in::SignedIn,
    wire::{Page, journal as dto},
};
use axum::extract::State;
use journal_proto::trades::v1 as proto;

/// Days that have a note, newest first.
#[utoipa::path(get, path = "/v1/journal", tag = "journal", params(dto::DayFilter),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = Page<dto::DayBeginning>), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Params(filter): Params<dto::DayFilter>,
) -> Result<axum::Json<Page<dto::DayBeginning>>, Problem> {
    let request = app.request(filter.into_request()?, &caller);
    let page = app.journal.clone().list_days(request).await?.into_inner();
    Ok(axum::Json(Page::new(page.days, &page.next_cursor)))
}

/// The note of a day: an empty one where nothing was written.
#[utoipa::path(get, path = "/v1/journal/{date}", tag = "journal", params(("date" = String, Path, example = "2026-01-05")),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Day), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Text(date): Text,
) -> Result<Versioned<dto::Day>, Problem> {
    let request = app.request(proto::GetDayRequest { date }, &caller);
    Ok(Versioned(app.journal.clone().get_day(request).await?.into_inner().into()))
}

/// States the note of a day anew. The same again changes nothing.
#[utoipa::path(put, path = "/v1/journal/{date}", tag = "journal", params(("date" = String, Path, example = "2026-01-05")),
    request_body = dto::DayContent, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = dto::Day), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn put(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Text(date): Text,
    seen: Seen,
    Json(body): Json<dto::DayContent>,
) -> Result<Versioned<dto::Day>, Problem> {
    let request = seen.on(app.request(proto::PutDayRequest { date, notes: body.notes }, &caller));
    Ok(Versioned(app.journal.clone().put_day(request).await?.into_inner().into()))
}
