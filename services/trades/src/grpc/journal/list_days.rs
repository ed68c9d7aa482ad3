//! Lists the days that have a note.

use crate::{
    db,
    domain::{
        day::{self, DayBeginning},
        page::{Listing, Place},
    },
    error::Result,
    grpc::{App, parse},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{ListDaysRequest, ListDaysResponse};
use uuid::Uuid;

pub(super) async fn list_days(app: &App, user: UserId, request: ListDaysRequest) -> Result<ListDaysResponse> {
    let within = (day::optional_date("from", &request.from)?, day::optional_date("to", &request.to)?);
    let (limit, place) = parse::page(request.page, Listing::Days)?;
    let before = place.map(|place| place.at.date());
    let mut days =
        db::journal_days::list(&mut *app.snapshot(user).await?, user, within, before, limit + 1).await?;
    let next = parse::cut(&mut days, limit, place_of);
    Ok(ListDaysResponse {
        days: days.into_iter().map(wire::day_beginning).collect(),
        next_cursor: next.map(|place| place.to_cursor(Listing::Days)).unwrap_or_default(),
    })
}

/// There is one of each day.
fn place_of(day: &DayBeginning) -> Place {
    Place { at: day.date.midnight().assume_utc(), id: Uuid::nil() }
}
