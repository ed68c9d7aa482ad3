//! The clock of a file: layout of its dates, and the zone of times that carry none.

use super::{
    date::{DateRule, date},
    iso::iso,
    time_of_day::time_of_day,
    zones,
};
use crate::{
    Moment, ParseError, TimeDoubt, TimeSource,
    numbers::Point,
    tally::{Fault, quoted},
};
use jiff::{
    Timestamp as Instant,
    civil::{Date, DateTime, Time},
    tz::{AmbiguousOffset, Offset, TimeZone},
};
use ledger::Timestamp;

/// The clock of a file.
#[derive(Clone)]
pub(crate) struct Clock {
    zone: TimeZone,
    source: TimeSource,
    dates: DateRule,
}

impl Clock {
    /// The user's zone, else the format's default.
    pub fn new(setting: Option<&str>, default: &str, dates: DateRule) -> Result<Self, ParseError> {
        let name = setting.unwrap_or(default);
        let zone =
            TimeZone::get(name).map_err(|_| ParseError::UnknownTimeZone(name.chars().take(64).collect()))?;
        let source = match setting {
            Some(name) => TimeSource::UserSetting(name.into()),
            None => TimeSource::BrokerDefault(default.into()),
        };
        Ok(Self { zone, source, dates })
    }

    /// The clock of a format that is defined to be in UTC.
    pub const fn utc(dates: DateRule) -> Self {
        Self { zone: TimeZone::UTC, source: TimeSource::Utc, dates }
    }

    /// The same clock with the zone that a column's name carries, as in `update time (edt)`, `closing time (utc+2)` or `date(utc)`.
    pub fn of_header(&self, name: &str) -> Self {
        let zone =
            name.rsplit_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(zone, _)| zone.trim());
        match zone.and_then(|zone| Some((zone, zones::offset(zone)?))) {
            Some((name, offset)) => Self {
                zone: offset.to_time_zone(),
                source: TimeSource::HeaderName(name.into()),
                dates: self.dates,
            },
            None => self.clone(),
        }
    }

    /// The same clock for dates in another order.
    pub fn with_dates(&self, dates: DateRule) -> Self {
        Self { dates, ..self.clone() }
    }

    /// The same clock where nothing tells the order of day and month but decimal commas: the day stands first beside them.
    pub fn by_point(&self, point: Point) -> Self {
        match (self.dates, point) {
            (DateRule::YearFirst, Point::Comma) => self.with_dates(DateRule::DayFirst),
            _ => self.clone(),
        }
    }

    /// A day in the layouts of this clock.
    pub fn day(&self, text: &str) -> Option<Date> {
        date(text, self.dates)
    }

    /// A date and a time of day in one text, or a date alone; with an offset or on this clock's zone.
    pub fn read(&self, column: &'static str, text: &str) -> Result<Moment, Fault> {
        if let Some((local, is_utc)) = iso(text) {
            return if is_utc {
                Self::at_utc(column, text, local)
            } else {
                self.at_local(column, text, local, false)
            };
        }
        let (rest, offset) = zones::split_offset(text.trim());
        let (day, time) = split(rest);
        let local = date(day, self.dates)
            .and_then(|day| Some(day.to_datetime(time.map_or(Some(Time::midnight()), time_of_day)?)));
        let Some(local) = local else { return Err(self.refused(column, text)) };
        let date_only = time.is_none();
        if let Some(offset) = offset {
            let instant = offset.to_timestamp(local).map_err(|_| out_of_range(column))?;
            let at = nanoseconds(column, instant)?;
            let source = TimeSource::RowOffset;
            return Ok(Moment { at, text: text.to_owned(), source, doubt: None, date_only });
        }
        self.at_local(column, text, local, date_only)
    }

    fn at_local(
        &self,
        column: &'static str,
        text: &str,
        local: DateTime,
        date_only: bool,
    ) -> Result<Moment, Fault> {
        if self.zone == TimeZone::UTC {
            let utc = Self::at_utc(column, text, local)?;
            return Ok(Moment { source: self.source.clone(), date_only, ..utc });
        }
        let (instant, doubt) = self.local(column, local)?;
        let at = nanoseconds(column, instant)?;
        Ok(Moment { at, text: text.to_owned(), source: self.source.clone(), doubt, date_only })
    }

    fn at_utc(column: &'static str, text: &str, local: DateTime) -> Result<Moment, Fault> {
        let instant = Offset::UTC.to_timestamp(local).map_err(|_| out_of_range(column))?;
        let at = nanoseconds(column, instant)?;
        Ok(Moment { at, text: text.to_owned(), source: TimeSource::RowOffset, doubt: None, date_only: false })
    }

    /// In a gap the clock is read as if it had not jumped yet; of two equal times the earlier.
    fn local(&self, column: &'static str, local: DateTime) -> Result<(Instant, Option<TimeDoubt>), Fault> {
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        let doubt = match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => None,
            AmbiguousOffset::Gap { .. } => Some(TimeDoubt::Gap),
            AmbiguousOffset::Fold { .. } => Some(TimeDoubt::Fold),
        };
        Ok((ambiguous.compatible().map_err(|_| out_of_range(column))?, doubt))
    }

    fn refused(&self, column: &'static str, text: &str) -> Fault {
        let may_be = |rule| date(split(text).0, rule).is_some();
        if self.dates == DateRule::YearFirst
            && !may_be(DateRule::YearFirst)
            && (may_be(DateRule::MonthFirst) || may_be(DateRule::DayFirst))
        {
            let message = format!(
                "{} may put the day or the month first: export dates as yyyy-MM-dd, or import with date_order",
                quoted(text)
            );
            return Fault::new(column, "ambiguous-date", message);
        }
        let message = format!("{} is not a time such as {}", quoted(text), self.dates.example());
        Fault::new(column, "bad-time", message)
    }
}

/// Splits a text into its date and its time of day, whichever comes first.
fn split(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = text.find(':') else { return without_colons(text) };
    let (before, after) = text.split_at(colon);
    if let Some(at) = before.rfind(is_between) {
        let (day, time) = text.split_at(at);
        return (trimmed(day), Some(trimmed(time)));
    }
    match after.find(is_between) {
        // `22:55 2026-05-17`
        Some(at) => {
            let (time, day) = text.split_at(colon + at);
            (trimmed(day), Some(trimmed(time)))
        }
        None => ("", Some(text)),
    }
}

/// `20260105;093000`, `20260105 093000`, `20260105093000`, or a date alone.
fn without_colons(text: &str) -> (&str, Option<&str>) {
    let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    if digits(text, 14) {
        let (day, time) = text.split_at(8);
        return (day, Some(time));
    }
    match text.rsplit_once(is_between) {
        Some((day, time)) if digits(time, 6) => (trimmed(day), Some(time)),
        Some(_) | None => (trimmed(text), None),
    }
}

const fn is_between(letter: char) -> bool {
    matches!(letter, ' ' | 'T' | 't' | ';' | ',' | '\u{a0}' | '\u{202f}')
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(is_between)
}

fn nanoseconds(column: &'static str, instant: Instant) -> Result<Timestamp, Fault> {
    i64::try_from(instant.as_nanosecond()).map(Timestamp).map_err(|_| out_of_range(column))
}

fn out_of_range(column: &'static str) -> Fault {
    Fault::new(column, "bad-time", "the time lies outside of the years 1678 to 2261")
}
