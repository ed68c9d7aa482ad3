//! Times as brokers write them, and the zone that makes them points in time.

use crate::{
    ParseError, TimeSource,
    rows::{Fault, quoted},
};
use jiff::{
    Timestamp as Instant,
    civil::{Date, DateTime, Time},
    tz::{AmbiguousOffset, TimeZone},
};
use ledger::Timestamp;

/// The zone for times that carry none.
pub(crate) struct Zone {
    zone: TimeZone,
    source: TimeSource,
}

/// A point in time, how its zone is known, and whether a change of clocks made it unsure.
pub(crate) struct Read {
    pub at: Timestamp,
    pub source: TimeSource,
    pub doubt: Option<&'static str>,
}

impl Zone {
    /// The user's zone, else the format's default.
    pub fn new(setting: Option<&str>, default: &str) -> Result<Self, ParseError> {
        let name = setting.unwrap_or(default);
        let zone =
            TimeZone::get(name).map_err(|_| ParseError::UnknownTimeZone(name.chars().take(64).collect()))?;
        let source = match setting {
            Some(name) => TimeSource::UserSetting(name.to_owned()),
            None => TimeSource::BrokerDefault(default.to_owned()),
        };
        Ok(Self { zone, source })
    }

    /// The name of the zone, when nobody chose it.
    pub fn assumed(&self) -> Option<&str> {
        match &self.source {
            TimeSource::BrokerDefault(name) => Some(name),
            TimeSource::RowOffset | TimeSource::UserSetting(_) => None,
        }
    }

    /// A time of day on this zone's clocks. In a gap the clock is read as if it had not jumped yet; of two equal times the earlier.
    pub fn local(&self, column: &'static str, local: DateTime) -> Result<Read, Fault> {
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        let doubt = match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => None,
            AmbiguousOffset::Gap { .. } => {
                Some("the clocks jumped over this time: it is read as an hour later")
            }
            AmbiguousOffset::Fold { .. } => {
                Some("the clocks showed this time twice: it is read as the first")
            }
        };
        let instant = ambiguous.compatible().map_err(|_| out_of_range(column))?;
        Ok(Read { at: nanoseconds(column, instant)?, source: self.source.clone(), doubt })
    }

    /// A date and a time in two cells, or in one; with an offset (RFC 3339) or on this zone's clocks.
    pub fn read(&self, column: &'static str, text: &str) -> Result<Read, Fault> {
        if let Some(instant) = with_offset(text) {
            return Ok(Read {
                at: nanoseconds(column, instant)?,
                source: TimeSource::RowOffset,
                doubt: None,
            });
        }
        let local = local(text).ok_or_else(|| {
            let message =
                format!("{} is not a time such as 2026-01-05T14:30:00Z or 2026-01-05 09:30:00", quoted(text));
            Fault::new(column, "bad-time", message)
        })?;
        self.local(column, local)
    }
}

fn nanoseconds(column: &'static str, instant: Instant) -> Result<Timestamp, Fault> {
    i64::try_from(instant.as_nanosecond()).map(Timestamp).map_err(|_| out_of_range(column))
}

fn out_of_range(column: &'static str) -> Fault {
    Fault::new(column, "bad-time", "the time lies outside of the years 1678 to 2261")
}

/// `2026-01-05T14:30:00Z`, `2026-01-05 14:30:00+01:00`.
fn with_offset(text: &str) -> Option<Instant> {
    let time = text.get(10..)?;
    let offset = time.ends_with(['Z', 'z']) || time.contains('+') || time.contains('-');
    offset.then(|| text.parse().ok()).flatten()
}

/// A date, and a time of day or midnight, in any of the ways that cannot be misread: year first, or US month first.
pub(crate) fn local(text: &str) -> Option<DateTime> {
    let text = text.trim();
    let (date, time) = match text.split_once([' ', 'T', ';', ',']) {
        Some((date, time)) => (date, time.trim()),
        None => (text, ""),
    };
    let time = if time.is_empty() { Time::midnight() } else { time_of_day(time)? };
    Some(date_of(date)?.to_datetime(time))
}

/// `2026-01-05`, `2026/01/05`, `20260105`, `1/5/2026`, `01-05-2026`, `1/5/26`.
fn date_of(text: &str) -> Option<Date> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return date(text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    }
    let mut parts = text.split(['-', '/']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    match (first.len(), third.len()) {
        (4, _) => date(first, second, third),
        (_, 4) => date(third, first, second),
        (_, 2) => date(&format!("20{third}"), first, second),
        _ => None,
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() <= 4;
    if ![year, month, day].into_iter().all(digits) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `09:30`, `09:30:00`, `093000`, `9:30:00.123456`, `9:30:00 PM`.
fn time_of_day(text: &str) -> Option<Time> {
    let upper = text.to_ascii_uppercase();
    let (clock, half) = match (upper.strip_suffix("AM"), upper.strip_suffix("PM")) {
        (Some(clock), _) => (clock.trim_end(), Some(0)),
        (_, Some(clock)) => (clock.trim_end(), Some(12)),
        _ => (upper.as_str(), None),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let compact = clock.len() == 6 && clock.bytes().all(|byte| byte.is_ascii_digit());
    let spelled = if compact {
        format!("{}:{}:{}", clock.get(..2)?, clock.get(2..4)?, clock.get(4..)?)
    } else {
        clock.to_owned()
    };
    let mut parts = spelled.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let second: i8 = parts.next().map_or(Ok(0), str::parse).ok()?;
    if parts.next().is_some() {
        return None;
    }
    let hour = match half {
        None => hour,
        Some(offset) if (1..=12).contains(&hour) => hour % 12 + offset,
        Some(_) => return None,
    };
    Time::new(hour, minute, second, subsecond(fraction)?).ok()
}

fn subsecond(fraction: &str) -> Option<i32> {
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{fraction:0<9}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zone: &str, text: &str) -> (String, bool) {
        let read = Zone::new(Some(zone), "UTC").unwrap().read("time", text).unwrap();
        (Instant::from_nanosecond(i128::from(read.at.0)).unwrap().to_string(), read.doubt.is_some())
    }

    #[test]
    fn the_ways_of_brokers_name_the_same_moment() {
        for text in [
            "2026-01-05T09:30:00",
            "2026-01-05 09:30:00",
            "2026-01-05 09:30",
            "20260105;093000",
            "2026-01-05, 09:30:00",
            "01/05/2026 09:30:00",
            "1/5/26 9:30:00 AM",
            "2026/01/05 09:30:00.000",
            "2026-01-05T14:30:00Z",
            "2026-01-05T15:30:00+01:00",
        ] {
            assert_eq!(at("America/New_York", text), ("2026-01-05T14:30:00Z".to_owned(), false), "{text}");
        }
    }

    #[test]
    fn fractions_of_a_second_are_kept() {
        assert_eq!(at("UTC", "2026-01-05 14:30:00.123456789").0, "2026-01-05T14:30:00.123456789Z");
    }

    #[test]
    fn gaps_and_folds_are_read_and_doubted() {
        assert_eq!(at("America/New_York", "2026-03-08 02:30:00"), ("2026-03-08T07:30:00Z".to_owned(), true));
        assert_eq!(at("America/New_York", "2026-11-01 01:30:00"), ("2026-11-01T05:30:00Z".to_owned(), true));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        let zone = Zone::new(None, "UTC").unwrap();
        for text in [
            "",
            "yesterday",
            "2026-13-01",
            "31/12/2026",
            "2026-01-05 25:00",
            "2026-01-05 13:00 PM",
            "1/2/3/4",
        ] {
            assert!(zone.read("time", text).is_err(), "{text}");
        }
        assert!(Zone::new(Some("Mars/Olympus"), "UTC").is_err());
    }
}
