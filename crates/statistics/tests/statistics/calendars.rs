//! Session calendars: rules computed anew, days that everybody knows, and hours around daylight saving.

use ledger::Timestamp;
use statistics::{Calendar, CalendarError, DayPart, Zone};
use time::macros::{date, datetime, time};
use time::{Date, Month, OffsetDateTime, Weekday};

fn calendar(id: &str) -> &'static Calendar {
    Calendar::by_id(id).unwrap()
}

fn day(year: i32, month: Month, day: u8) -> Date {
    Date::from_calendar_date(year, month, day).unwrap()
}

fn at(moment: OffsetDateTime) -> Timestamp {
    Timestamp(i64::try_from(moment.unix_timestamp_nanos()).unwrap())
}

/// Easter Sunday (Anonymous Gregorian algorithm; Meeus, "Astronomical Algorithms", chapter 8).
fn easter(year: i32) -> Date {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let days = moon + weekday - 7 * late + 114;
    day(
        year,
        Month::try_from(u8::try_from(days / 31).unwrap()).unwrap(),
        u8::try_from(days % 31 + 1).unwrap(),
    )
}

fn good_friday(year: i32) -> Date {
    easter(year) - time::Duration::days(2)
}

/// The `nth` such weekday of a month; the 5th is the last.
fn nth(year: i32, month: Month, weekday: Weekday, nth: usize) -> Date {
    let days = (1..=month.length(year)).map(|number| day(year, month, number));
    let found: Vec<Date> = days.filter(|date| date.weekday() == weekday).collect();
    found[(nth - 1).min(found.len() - 1)]
}

/// A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.
fn observed(date: Date) -> Date {
    match date.weekday() {
        Weekday::Saturday => date.previous_day().unwrap(),
        Weekday::Sunday => date.next_day().unwrap(),
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => date,
    }
}

/// The closed days of the New York Stock Exchange by its rules, and those nobody had foreseen.
fn new_york_holidays(year: i32) -> Vec<Date> {
    use Month::{December, February, January, July, June, May, November, September};
    use Weekday::{Monday, Saturday, Thursday};
    let unforeseen = [
        date!(1994 - 04 - 27),
        date!(2001 - 09 - 11),
        date!(2001 - 09 - 12),
        date!(2001 - 09 - 13),
        date!(2001 - 09 - 14),
        date!(2004 - 06 - 11),
        date!(2007 - 01 - 02),
        date!(2012 - 10 - 29),
        date!(2012 - 10 - 30),
        date!(2018 - 12 - 05),
        date!(2025 - 01 - 09),
    ];
    let mut days: Vec<Date> = unforeseen.into_iter().filter(|date| date.year() == year).collect();
    let new_year = day(year, January, 1);
    days.extend((new_year.weekday() != Saturday).then(|| observed(new_year)));
    days.extend((year >= 1998).then(|| nth(year, January, Monday, 3)));
    days.push(nth(year, February, Monday, 3));
    days.push(good_friday(year));
    days.push(nth(year, May, Monday, 5));
    days.extend((year >= 2022).then(|| observed(day(year, June, 19))));
    days.push(observed(day(year, July, 4)));
    days.push(nth(year, September, Monday, 1));
    days.push(nth(year, November, Thursday, 4));
    days.push(observed(day(year, December, 25)));
    days.sort_unstable();
    days
}

fn weekdays_closed(calendar: &Calendar, year: i32) -> Vec<Date> {
    let days = calendar_days(year).filter(|date| date.weekday().number_days_from_monday() < 5);
    days.filter(|date| !calendar.is_session(*date)).collect()
}

fn calendar_days(year: i32) -> impl Iterator<Item = Date> {
    let last = day(year, Month::December, 31);
    std::iter::successors(Some(day(year, Month::January, 1)), |date| date.next_day())
        .take_while(move |date| *date <= last)
}

#[test]
fn every_calendar_that_comes_along_can_be_read() {
    let ids: Vec<&str> = Calendar::all().iter().map(Calendar::id).collect();

    assert_eq!(ids, ["24/7", "weekdays", "us-equities", "cme"]);
    let names: Vec<&str> = Calendar::all().iter().map(Calendar::name).collect();
    let expected = ["Every day", "Mondays to Fridays", "US equities (NYSE, Nasdaq)", "CME futures"];
    assert_eq!(names, expected);
    assert!(Calendar::by_id("moon").is_none());
}

#[test]
fn easter_is_where_the_almanac_has_it() {
    for known in [
        date!(1990 - 04 - 15),
        date!(2000 - 04 - 23),
        date!(2008 - 03 - 23),
        date!(2011 - 04 - 24),
        date!(2024 - 03 - 31),
        date!(2025 - 04 - 20),
    ] {
        assert_eq!(easter(known.year()), known);
    }
}

#[test]
fn new_york_is_closed_on_the_days_of_its_rules_and_no_other() {
    for year in 1990..=2030 {
        assert_eq!(weekdays_closed(calendar("us-equities"), year), new_york_holidays(year), "{year}");
    }
}

#[test]
fn new_york_had_as_many_sessions_as_published() {
    // Trading days a year as the exchange counts them.
    for (year, sessions) in [
        (1996, 254),
        (2001, 248),
        (2012, 250),
        (2020, 253),
        (2022, 251),
        (2023, 250),
        (2024, 252),
        (2025, 250),
    ] {
        let range = day(year, Month::January, 1)..=day(year, Month::December, 31);

        assert_eq!(calendar("us-equities").sessions(range).count(), sessions, "{year}");
    }
}

#[test]
fn holidays_are_observed_as_they_were() {
    let stocks = calendar("us-equities");
    for closed in [
        date!(2022 - 06 - 20), // Juneteenth on a Sunday
        date!(2027 - 06 - 18), // and on a Saturday
        date!(2020 - 07 - 03),
        date!(2021 - 07 - 05),
        date!(2021 - 12 - 24),
        date!(2022 - 12 - 26),
        date!(2023 - 01 - 02),
    ] {
        assert!(!stocks.is_session(closed), "{closed}");
    }
    // New Year's Day 2022 was a Saturday; Juneteenth was no holiday of the exchange before 2022.
    for open in [
        date!(2021 - 12 - 31),
        date!(2021 - 06 - 18),
        date!(1997 - 01 - 20),
        date!(2001 - 09 - 10),
        date!(2001 - 09 - 17),
    ] {
        assert!(stocks.is_session(open), "{open}");
    }
}

#[test]
fn short_days_are_sessions_with_an_hour() {
    let stocks = calendar("us-equities");
    let close = |date| stocks.special_day(date).and_then(|day| day.closes_at);

    for (date, hour) in [
        (date!(1992 - 11 - 27), time!(14:00)),
        (date!(2024 - 07 - 03), time!(13:00)),
        (date!(2024 - 11 - 29), time!(13:00)),
        (date!(2024 - 12 - 24), time!(13:00)),
        (date!(2002 - 07 - 05), time!(13:00)),
        (date!(1999 - 12 - 31), time!(13:00)),
    ] {
        assert_eq!(close(date), Some(hour), "{date}");
        assert!(stocks.is_session(date), "{date}");
    }
    assert_eq!(close(date!(2024 - 07 - 05)), None);
    assert_eq!(stocks.special_day(date!(2024 - 03 - 29)).unwrap().name, "Good Friday");
    assert_eq!(stocks.special_day(date!(2024 - 07 - 03)).unwrap().name, "Eve of Independence Day");
}

#[test]
fn the_day_after_thanksgiving_is_always_short() {
    for id in ["us-equities", "cme"] {
        for year in 1993..=2030 {
            let friday = nth(year, Month::November, Weekday::Thursday, 4).next_day().unwrap();

            assert!(calendar(id).special_day(friday).unwrap().closes_at.is_some(), "{id} {year}");
        }
    }
}

#[test]
fn chicago_keeps_christmas_new_year_and_most_good_fridays() {
    let with_jobs_report = [2010, 2012, 2015, 2021, 2023, 2026];
    for year in 1990..=2030 {
        let new_year = day(year, Month::January, 1);
        let mut expected = vec![observed(day(year, Month::December, 25))];
        expected.extend((new_year.weekday() != Weekday::Saturday).then(|| observed(new_year)));
        if with_jobs_report.contains(&year) {
            assert_eq!(calendar("cme").special_day(good_friday(year)).unwrap().closes_at, Some(time!(8:15)));
        } else {
            expected.push(good_friday(year));
        }
        expected.sort_unstable();

        assert_eq!(weekdays_closed(calendar("cme"), year), expected, "{year}");
    }
}

#[test]
fn chicago_halts_early_on_the_other_holidays() {
    for (date, hour, name) in [
        (date!(2010 - 05 - 31), time!(10:30), "Memorial Day"),
        (date!(2014 - 01 - 20), time!(10:30), "Martin Luther King Jr. Day"),
        (date!(2020 - 01 - 20), time!(12:00), "Martin Luther King Jr. Day"),
        (date!(2023 - 06 - 19), time!(12:00), "Juneteenth"),
        (date!(2024 - 07 - 04), time!(12:00), "Independence Day"),
        (date!(2024 - 12 - 24), time!(12:15), "Christmas Eve"),
        (date!(2025 - 01 - 09), time!(8:30), "Funeral of Jimmy Carter"),
    ] {
        let day = calendar("cme").special_day(date).unwrap();

        assert_eq!((day.closes_at, day.name.as_str()), (Some(hour), name), "{date}");
        assert!(calendar("cme").is_session(date), "{date}");
    }
}

#[test]
fn sunday_evening_in_chicago_is_monday() {
    let futures = calendar("cme");
    let session = |moment| futures.session_of(at(moment), &Zone::UTC);

    assert_eq!(session(datetime!(2024-01-07 17:00 -6)), date!(2024 - 01 - 08));
    assert_eq!(session(datetime!(2024-01-07 16:59:59.999999999 -6)), date!(2024 - 01 - 07));
    assert_eq!(session(datetime!(2024-01-08 16:59 -6)), date!(2024 - 01 - 08));
    assert_eq!(session(datetime!(2024-01-08 17:00 -6)), date!(2024 - 01 - 09));
}

#[test]
fn the_boundary_in_chicago_moves_with_daylight_saving() {
    let futures = calendar("cme");
    let session = |moment| futures.session_of(at(moment), &Zone::UTC);

    // Clocks go forward on Sunday 2024-03-10: 17:00 was 23:00 UTC on Friday and is 22:00 UTC on Sunday.
    assert_eq!(session(datetime!(2024-03-07 22:59 UTC)), date!(2024 - 03 - 07));
    assert_eq!(session(datetime!(2024-03-07 23:00 UTC)), date!(2024 - 03 - 08));
    assert_eq!(session(datetime!(2024-03-10 21:59 UTC)), date!(2024 - 03 - 10));
    assert_eq!(session(datetime!(2024-03-10 22:00 UTC)), date!(2024 - 03 - 11));
    // And back on Sunday 2024-11-03.
    assert_eq!(session(datetime!(2024-11-01 21:59 UTC)), date!(2024 - 11 - 01));
    assert_eq!(session(datetime!(2024-11-03 22:59 UTC)), date!(2024 - 11 - 03));
    assert_eq!(session(datetime!(2024-11-03 23:00 UTC)), date!(2024 - 11 - 04));
}

#[test]
fn stocks_belong_to_the_date_in_new_york_and_crypto_to_that_of_the_person() {
    let tokyo = Zone::named("Asia/Tokyo").unwrap();
    let late = at(datetime!(2024-01-09 02:30 UTC));

    assert_eq!(calendar("us-equities").session_of(late, &tokyo), date!(2024 - 01 - 08));
    assert_eq!(calendar("24/7").session_of(late, &tokyo), date!(2024 - 01 - 09));
    assert_eq!(
        calendar("weekdays").session_of(at(datetime!(2024-01-09 15:00 UTC)), &tokyo),
        date!(2024 - 01 - 10)
    );
    assert_eq!(
        calendar("24/7").session_of(at(datetime!(2024-01-09 15:00 UTC)), &Zone::UTC),
        date!(2024 - 01 - 09)
    );
    assert!(calendar("24/7").zone().is_none());
    assert_eq!(calendar("cme").zone(), Some(&Zone::named("America/Chicago").unwrap()));
}

#[test]
fn stocks_have_parts_of_the_day_that_follow_early_closes() {
    use DayPart::{AfterHours, Closed, PreMarket, Regular};
    for (moment, part) in [
        (datetime!(2024-01-08 09:29:59.999999999 -5), PreMarket),
        (datetime!(2024-01-08 09:30 -5), Regular),
        (datetime!(2024-01-08 15:59:59 -5), Regular),
        (datetime!(2024-01-08 16:00 -5), AfterHours),
        (datetime!(2024-07-03 13:00 -4), AfterHours),
        (datetime!(2024-07-03 12:59 -4), Regular),
        (datetime!(2024-07-04 12:00 -4), Closed),
        (datetime!(2024-01-06 12:00 -5), Closed),
    ] {
        assert_eq!(calendar("us-equities").part_of(at(moment)), Some(part), "{moment}");
    }
    assert_eq!(calendar("24/7").part_of(Timestamp(0)), None);
    assert_eq!(calendar("cme").part_of(Timestamp(0)), None);
}

#[test]
fn the_lead_of_a_day_says_the_same_as_its_beginning() {
    let futures = calendar("cme");
    let zone = futures.zone().unwrap();
    assert_eq!(
        (futures.lead(), calendar("us-equities").lead()),
        (time::Duration::hours(7), time::Duration::ZERO)
    );
    assert_eq!(zone.name(), "America/Chicago");
    assert_eq!((futures.sessions_per_year(), calendar("24/7").sessions_per_year()), (252, 365));
}

#[test]
fn times_before_1970_and_the_ends_of_the_range_have_a_day() {
    let always = calendar("24/7");

    assert_eq!(always.session_of(Timestamp(-1), &Zone::UTC), date!(1969 - 12 - 31));
    assert_eq!(always.session_of(Timestamp(i64::MIN), &Zone::UTC), date!(1677 - 09 - 21));
    assert_eq!(always.session_of(Timestamp(i64::MAX), &Zone::UTC), date!(2262 - 04 - 11));
}

#[test]
fn the_days_of_the_week_decide_without_holidays() {
    let week = date!(2024 - 12 - 23)..=date!(2024 - 12 - 29);
    let count = |id| calendar(id).sessions(week.clone()).count();

    assert_eq!((count("24/7"), count("weekdays"), count("us-equities"), count("cme")), (7, 5, 4, 4));
    assert_eq!(calendar("24/7").sessions(date!(2024 - 12 - 29)..=date!(2024 - 12 - 23)).count(), 0);
    assert_eq!(calendar("24/7").sessions(date!(2024 - 12 - 29)..=date!(2024 - 12 - 29)).count(), 1);
}

#[test]
fn a_calendar_says_which_years_it_knows() {
    let stocks = calendar("us-equities");

    assert!(stocks.covers(date!(1990 - 01 - 01)) && stocks.covers(date!(2030 - 12 - 31)));
    assert!(!stocks.covers(date!(1989 - 12 - 31)) && !stocks.covers(date!(2031 - 01 - 01)));
    assert!(calendar("24/7").covers(date!(1900 - 01 - 01)));
    assert!(stocks.is_session(date!(2031 - 12 - 25)));
}

#[test]
fn an_unknown_zone_is_refused_by_name() {
    let error = Zone::named("Mars/Olympus").unwrap_err();

    assert_eq!(
        error.to_string(),
        "there is no time zone \"Mars/Olympus\"; zones are named like America/New_York"
    );
}

#[test]
fn a_calendar_of_ones_own_can_be_read() {
    let text = "id mine\nname Mine\nweek Mon Sun\nyears 2024 2024\n\n# a note\nclosed 2024-01-01 New Year\nearly 2024-01-07 12:30 Half day\n";

    let mine = Calendar::parse(text).unwrap();

    let sessions: Vec<Date> = mine.sessions(date!(2024 - 01 - 01)..=date!(2024 - 01 - 14)).collect();
    assert_eq!(sessions, [date!(2024 - 01 - 07), date!(2024 - 01 - 08), date!(2024 - 01 - 14)]);
    assert_eq!(mine.special_day(date!(2024 - 01 - 07)).unwrap().closes_at, Some(time!(12:30)));
}

#[test]
fn what_is_wrong_with_a_calendar_is_named_with_its_line() {
    for (text, line, expected) in [
        ("", 1, "an id somewhere"),
        ("id x\n", 2, "a week somewhere"),
        ("nonsense", 1, "a key and a value"),
        ("colour blue", 1, "id, name, zone, day-begins, regular, week, years, closed or early"),
        ("id x\nzone Mars/Olympus", 2, "a time zone like America/New_York"),
        ("day-begins 17:00", 1, "a time on the evening before"),
        ("day-begins 25:00 on the evening before", 1, "a time like 13:00"),
        ("regular 09:30", 1, "two times"),
        ("regular 09:30 4pm", 1, "a time like 13:00"),
        ("regular 16:00 09:30", 1, "a close after the opening"),
        ("week Mon Tues", 1, "days like Mon Tue"),
        ("years 1990", 1, "two years"),
        ("years 1990 soon", 1, "two years"),
        ("week Mon\nclosed 2024-01-01", 2, "a date and a name"),
        ("week Mon\nclosed 2024-02-30 Leap", 2, "a date like 2024-03-29"),
        ("week Mon\nearly 2024-01-01 Half", 2, "a time and a name"),
        ("week Mon\nclosed 2024-01-02 A Tuesday", 2, "a day of its week and years"),
        ("week Mon\nyears 2020 2023\nclosed 2024-01-01 Later", 3, "a day of its week and years"),
        ("week Mon\nclosed 2024-01-01 One\nearly 2024-01-01 12:00 Two", 3, "each day once"),
    ] {
        assert_eq!(Calendar::parse(text), Err(CalendarError { line, expected }), "{text}");
    }
}
