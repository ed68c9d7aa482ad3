//! Reads a calendar from its text.
//!
//! ```text
//! # what it is, and the sources
//! id us-equities
//! name US equities (NYSE, Nasdaq)
//! zone America/New_York
//! day-begins 17:00 on the evening before
//! regular 09:30 16:00
//! week Mon Tue Wed Thu Fri
//! years 1990 2030
//! closed 2024-03-29       Good Friday
//! early  2024-07-03 13:00 Eve of Independence Day
//! ```
//!
//! `zone`, `day-begins`, `regular` and `years` may be left out; the special days come last.

use time::macros::format_description;
use time::{Date, Time};

use super::{Calendar, SpecialDay, Zone};

const WEEK: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// What is wrong with the text of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {expected}")]
pub struct CalendarError {
    /// The line, from 1; the one after the last when something is missing.
    pub line: usize,
    /// What should stand there.
    pub expected: &'static str,
}

type Read<T> = Result<T, &'static str>;

impl Calendar {
    /// Reads a calendar from its text, whose form the texts in `calendars/` show.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let mut calendar = Self {
            id: String::new(),
            name: String::new(),
            zone: None,
            day_begins: None,
            regular: None,
            week: [false; 7],
            years: None,
            special_days: std::collections::BTreeMap::new(),
        };
        for (number, line) in (1..).zip(text.lines()) {
            calendar.take(line.trim()).map_err(|expected| CalendarError { line: number, expected })?;
        }
        let missing = |expected| CalendarError { line: text.lines().count() + 1, expected };
        if calendar.id.is_empty() {
            return Err(missing("an id somewhere"));
        }
        if calendar.week == [false; 7] {
            return Err(missing("a week somewhere"));
        }
        Ok(calendar)
    }

    fn take(&mut self, line: &str) -> Read<()> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let (key, rest) = line.split_once(' ').ok_or("a key and a value")?;
        let rest = rest.trim_start();
        match key {
            "id" => rest.clone_into(&mut self.id),
            "name" => rest.clone_into(&mut self.name),
            "zone" => self.zone = Some(Zone::named(rest).map_err(|_| "a time zone like America/New_York")?),
            "day-begins" => self.day_begins = Some(day_begins(rest)?),
            "regular" => self.regular = Some(regular(rest)?),
            "week" => self.week = week(rest)?,
            "years" => self.years = Some(years(rest)?),
            "closed" => self.add(special_day(rest, false)?)?,
            "early" => self.add(special_day(rest, true)?)?,
            _ => return Err("id, name, zone, day-begins, regular, week, years, closed or early"),
        }
        Ok(())
    }

    fn add(&mut self, (date, day): (Date, SpecialDay)) -> Read<()> {
        if !self.is_in_week(date.weekday()) || !self.covers(date) {
            return Err("a day of its week and years");
        }
        match self.special_days.insert(date, day) {
            Some(_) => Err("each day once"),
            None => Ok(()),
        }
    }
}

fn special_day(text: &str, early: bool) -> Read<(Date, SpecialDay)> {
    let (date, rest) = text.split_once(' ').ok_or("a date and a name")?;
    let date = Date::parse(date, format_description!("[year]-[month]-[day]"))
        .map_err(|_| "a date like 2024-03-29")?;
    let (closes_at, name) = if early {
        let (time, name) = rest.trim_start().split_once(' ').ok_or("a time and a name")?;
        (Some(hour(time)?), name)
    } else {
        (None, rest)
    };
    Ok((date, SpecialDay { name: name.trim().to_owned(), closes_at }))
}

fn hour(text: &str) -> Read<Time> {
    Time::parse(text, format_description!("[hour]:[minute]")).map_err(|_| "a time like 13:00")
}

fn day_begins(text: &str) -> Read<Time> {
    let time = text.strip_suffix(" on the evening before").ok_or("a time on the evening before")?;
    hour(time)
}

fn regular(text: &str) -> Read<(Time, Time)> {
    let (opens, closes) = text.split_once(' ').ok_or("two times")?;
    let (opens, closes) = (hour(opens)?, hour(closes.trim())?);
    if opens < closes { Ok((opens, closes)) } else { Err("a close after the opening") }
}

fn week(text: &str) -> Read<[bool; 7]> {
    let mut week = [false; 7];
    for name in text.split_whitespace() {
        let day = week.iter_mut().zip(WEEK).find(|(_, known)| *known == name);
        *day.ok_or("days like Mon Tue")?.0 = true;
    }
    Ok(week)
}

fn years(text: &str) -> Read<std::ops::RangeInclusive<i32>> {
    let (first, last) = text.split_once(' ').ok_or("two years")?;
    let year = |text: &str| text.parse().map_err(|_| "two years");
    Ok(year(first)?..=year(last)?)
}
