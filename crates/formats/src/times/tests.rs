use super::*;
use crate::{Moment, TimeDoubt, TimeSource};
use jiff::Timestamp as Instant;

fn read(zone: &str, dates: DateRule, text: &str) -> Option<Moment> {
    Clock::new(Some(zone), "UTC", dates).unwrap().read("time", text).ok()
}

fn at(zone: &str, dates: DateRule, text: &str) -> Option<String> {
    read(zone, dates, text).map(|m| Instant::from_nanosecond(i128::from(m.at.0)).unwrap().to_string())
}

#[test]
fn the_ways_of_brokers_name_the_same_moment() {
    for text in [
        "2026-01-05T09:30:00",
        "2026-01-05 09:30:00",
        "2026-01-05 09:30",
        "20260105;093000",
        "20260105093000",
        "2026-01-05, 09:30:00",
        "2026-01-05,09:30:00",
        "2026.01.05 09:30:00",
        "01/05/2026 09:30:00",
        "01-05-2026 09:30:00",
        "1/5/26 9:30:00 AM",
        "1/5/26 9:30:00AM",
        "2026/01/05 09:30:00.000",
        "09:30 2026-01-05",
        "05-Jan-26 09:30:00",
        "5 JAN 26 09:30:00",
        "Jan 5, 2026 9:30 AM",
        "January 5, 2026, 9:30 am",
        "2026-01-05T14:30:00Z",
        "2026-01-05T15:30:00+01:00",
        "01/05/2026 09:30:00 -05:00",
        "2026-01-05 14:30:00 UTC",
        "01/05/2026 09:30:00 EST",
        "2026/01/05 09:30:00,GMT-05",
        "2026-01-05 16:30:00 UTC+2",
    ] {
        let read = at("America/New_York", DateRule::MonthFirst, text);
        assert_eq!(read.as_deref(), Some("2026-01-05T14:30:00Z"), "{text}");
    }
}

#[test]
fn the_format_says_whether_the_day_or_the_month_stands_first() {
    for (rule, expected) in [
        (DateRule::MonthFirst, Some("2026-03-04T10:00:00Z")),
        (DateRule::DayFirst, Some("2026-04-03T10:00:00Z")),
        (DateRule::YearFirst, None),
    ] {
        assert_eq!(at("UTC", rule, "03/04/2026 10:00:00").as_deref(), expected);
    }
    let clock = Clock::new(None, "UTC", DateRule::YearFirst).unwrap();
    assert_eq!(clock.read("time", "03/04/2026 10:00:00").unwrap_err().code, "ambiguous-date");
}

#[test]
fn fractions_of_a_second_are_kept() {
    let read = at("UTC", DateRule::YearFirst, "2026-01-05 14:30:00.123456789");
    assert_eq!(read.as_deref(), Some("2026-01-05T14:30:00.123456789Z"));
}

#[test]
fn gaps_and_folds_are_read_and_doubted() {
    for (text, expected, doubt) in [
        ("2026-03-08 02:30:00", "2026-03-08T07:30:00Z", TimeDoubt::Gap),
        ("2026-11-01 01:30:00", "2026-11-01T05:30:00Z", TimeDoubt::Fold),
    ] {
        let moment = read("America/New_York", DateRule::YearFirst, text).unwrap();
        assert_eq!(at("America/New_York", DateRule::YearFirst, text).as_deref(), Some(expected));
        assert_eq!(moment.doubt, Some(doubt));
    }
}

#[test]
fn a_date_alone_is_its_first_moment_and_says_so() {
    let moment = read("America/New_York", DateRule::MonthFirst, "1/5/2026").unwrap();

    assert!(moment.date_only);
    assert_eq!(
        at("America/New_York", DateRule::MonthFirst, "1/5/2026").as_deref(),
        Some("2026-01-05T05:00:00Z")
    );
}

#[test]
fn a_columns_name_may_carry_the_zone() {
    let clock = Clock::new(None, "America/New_York", DateRule::YearFirst).unwrap();
    for (name, source, hour) in [
        ("update time (edt)", "header-name:edt", 13),
        ("closing time (utc+2)", "header-name:utc+2", 7),
        ("date(utc)", "header-name:utc", 9),
        ("timestamp (utc+0)", "header-name:utc+0", 9),
        ("time", "broker-default:America/New_York", 14),
    ] {
        let moment = clock.of_header(name).read("time", "2026-01-05 09:00:00").unwrap();
        let hours = moment.at.0 / 3_600_000_000_000 % 24;
        assert_eq!((moment.source.as_text().as_str(), hours), (source, hour), "{name}");
    }
    let row = clock.of_header("time (utc+2)").read("time", "2026-01-05 09:00:00Z").unwrap();
    assert_eq!(row.source, TimeSource::RowOffset);
}

#[test]
fn what_is_no_time_is_refused() {
    for text in [
        "",
        "yesterday",
        "2026-13-01",
        "2026-02-29",
        "31/12/2026",
        "2026-01-05 25:00",
        "2026-01-05 13:00 PM",
        "2026-01-05 09:60:00",
        "2026-01-05 09:30:00 XYZ",
        "1/2/3/4",
        "09:30:00",
        "12:00 -1-1",
        "99999999",
        "2026-01-05 09:30-2ҷ0",
    ] {
        assert_eq!(at("UTC", DateRule::MonthFirst, text), None, "{text}");
    }
    assert!(Clock::new(Some("Mars/Olympus"), "UTC", DateRule::YearFirst).is_err());
}
