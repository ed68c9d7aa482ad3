//! `ListCalendars`: the session calendars that an account may have.

use journal_proto::analytics::v1::{ListCalendarsResponse, SessionCalendar};
use statistics::{Calendar, Zone};
use time::{Time, macros::format_description};

/// All that come along.
pub(super) fn list_calendars() -> ListCalendarsResponse {
    ListCalendarsResponse { calendars: Calendar::all().iter().map(told).collect() }
}

fn told(calendar: &Calendar) -> SessionCalendar {
    let (opens, closes) = calendar.regular_hours().unzip();
    SessionCalendar {
        id: calendar.id().to_owned(),
        name: calendar.name().to_owned(),
        time_zone: calendar.zone().map(Zone::name).unwrap_or_default().to_owned(),
        day_begins: clock(calendar.day_begins()),
        opens: clock(opens),
        closes: clock(closes),
        sessions_per_year: calendar.sessions_per_year(),
    }
}

fn clock(time: Option<Time>) -> String {
    let told = time.map(|time| time.format(format_description!("[hour]:[minute]")).unwrap_or_default());
    told.unwrap_or_default()
}
