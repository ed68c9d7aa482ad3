//! Session calendars as JSON.

use crate::wire::some;
use journal_proto::analytics::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

/// What an account's `session_calendar` may be.
#[derive(Serialize, ToSchema)]
pub(crate) struct Calendars {
    pub items: Vec<SessionCalendar>,
}

/// Which days are trading days, and when each begins and ends.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionCalendar {
    #[schema(example = "us-equities")]
    pub id: String,
    pub name: String,
    /// IANA name of the market's zone; null: the account's own.
    pub time_zone: Option<String>,
    /// `17:00`: when a trading day begins on the evening before; null: at midnight.
    pub day_begins: Option<String>,
    /// Regular hours on an ordinary day; null where the calendar knows none.
    pub opens: Option<String>,
    pub closes: Option<String>,
    /// What a year is taken for when returns are projected onto one.
    pub sessions_per_year: u32,
}

impl From<proto::ListCalendarsResponse> for Calendars {
    fn from(response: proto::ListCalendarsResponse) -> Self {
        let items = response.calendars.into_iter().map(|calendar| SessionCalendar {
            id: calendar.id,
            name: calendar.name,
            time_zone: some(calendar.time_zone),
            day_begins: some(calendar.day_begins),
            opens: some(calendar.opens),
            closes: some(calendar.closes),
            sessions_per_year: calendar.sessions_per_year,
        });
        Self { items: items.collect() }
    }
}
