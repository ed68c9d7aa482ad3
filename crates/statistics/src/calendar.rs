//! [`Calendar`]: which days are trading days, and on which of them an instant falls.
//!
//! The calendars are texts in `calendars/`, each with its sources, and a person can bring another one of the same form.
//! Dates are those of the `time` crate, as everywhere here; only the step from an instant to a local date needs the
//! history of time zones, which `time` lacks and `jiff` brings along, the same on every machine.

mod parsing;
mod zone;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use ledger::Timestamp;
use time::{Date, Duration, Time, Weekday};

pub use parsing::CalendarError;
pub use zone::{UnknownZone, Zone};

/// The trading days of a market.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    id: String,
    name: String,
    zone: Option<Zone>,
    day_begins: Option<Time>,
    /// When the market opens and closes on an ordinary day.
    regular: Option<(Time, Time)>,
    /// Whether each day of the week is a trading day, Monday first.
    week: [bool; 7],
    years: Option<RangeInclusive<i32>>,
    special_days: BTreeMap<Date, SpecialDay>,
}

/// A day that is not like the others of its week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    /// Why, such as `Good Friday`.
    pub name: String,
    /// When trading ends early, in the zone of the market; `None` when there is no session at all.
    pub closes_at: Option<Time>,
}

/// A part of a market's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DayPart {
    /// Before the market opens.
    PreMarket,
    /// From the opening up to the close, an early one included.
    Regular,
    /// From the close on.
    AfterHours,
    /// On a day without a session.
    Closed,
}

static CALENDARS: LazyLock<Vec<Calendar>> = LazyLock::new(|| {
    let texts = [
        include_str!("../calendars/24-7.txt"),
        include_str!("../calendars/weekdays.txt"),
        include_str!("../calendars/us-equities.txt"),
        include_str!("../calendars/cme.txt"),
    ];
    // A test reads them all.
    texts.into_iter().filter_map(|text| Calendar::parse(text).ok()).collect()
});

impl Calendar {
    /// The calendars that come along: `24/7`, `weekdays`, `us-equities` and `cme`.
    pub fn all() -> &'static [Self] {
        &CALENDARS
    }

    /// The one of this id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        Self::all().iter().find(|calendar| calendar.id == id)
    }

    /// Its stable name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The zone of the market; `None` for a calendar that counts days in the zone of the person.
    pub const fn zone(&self) -> Option<&Zone> {
        self.zone.as_ref()
    }

    /// Whether its special days are known for this date. Beyond, the days of the week decide alone.
    pub fn covers(&self, date: Date) -> bool {
        self.years.as_ref().is_none_or(|years| years.contains(&date.year()))
    }

    /// Whether this is a trading day, a short one included.
    pub fn is_session(&self, date: Date) -> bool {
        let closed = self.special_days.get(&date).is_some_and(|day| day.closes_at.is_none());
        !closed && self.is_in_week(date.weekday())
    }

    /// What is special about this day: a holiday or an early close.
    pub fn special_day(&self, date: Date) -> Option<&SpecialDay> {
        self.special_days.get(&date)
    }

    /// The trading days of a range, both ends included; none when it ends before it begins.
    pub fn sessions(&self, range: RangeInclusive<Date>) -> impl Iterator<Item = Date> + '_ {
        let (first, last) = range.into_inner();
        std::iter::successors(Some(first), |date| date.next_day())
            .take_while(move |date| *date <= last)
            .filter(|date| self.is_session(*date))
    }

    /// The day that an instant belongs to: the local date, or the next one from the hour on at which the market begins
    /// its day. `zone` is that of the person; it decides only where the market has none.
    ///
    /// The day need not be a session: a dividend can be booked on a holiday, and counts on that day.
    pub fn session_of(&self, at: Timestamp, zone: &Zone) -> Date {
        let (date, time) = self.zone.as_ref().unwrap_or(zone).local(at);
        let next = self.day_begins.is_some_and(|begin| time >= begin);
        if next { date.next_day().unwrap_or(date) } else { date }
    }

    /// When its day begins on the evening before; `None` at midnight.
    pub const fn day_begins(&self) -> Option<Time> {
        self.day_begins
    }

    /// When it opens and closes on an ordinary day, where it has such hours.
    pub const fn regular_hours(&self) -> Option<(Time, Time)> {
        self.regular
    }

    /// How far the trading day is ahead of the clock: seven hours where it begins at 17:00 on the evening before.
    pub fn lead(&self) -> Duration {
        self.day_begins.map_or(Duration::ZERO, |begin| Duration::DAY - (begin - Time::MIDNIGHT))
    }

    /// Sessions in a year, as returns are projected onto one: 365 where every day is one, else 252.
    pub fn sessions_per_year(&self) -> u32 {
        if self.week == [true; 7] { 365 } else { 252 }
    }

    /// The part of the market's day that an instant falls into; `None` where the calendar knows no regular hours.
    pub fn part_of(&self, at: Timestamp) -> Option<DayPart> {
        let ((opens, closes), zone) = self.regular.zip(self.zone.as_ref())?;
        let (date, time) = zone.local(at);
        if !self.is_session(date) {
            return Some(DayPart::Closed);
        }
        let closes = self.special_day(date).and_then(|day| day.closes_at).unwrap_or(closes);
        Some(if time < opens {
            DayPart::PreMarket
        } else if time < closes {
            DayPart::Regular
        } else {
            DayPart::AfterHours
        })
    }

    fn is_in_week(&self, weekday: Weekday) -> bool {
        self.week.get(usize::from(weekday.number_days_from_monday())).copied().unwrap_or_default()
    }
}
