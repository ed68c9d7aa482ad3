//! What a trader writes about a day.

use super::invalid::Invalid;
use time::{Date, OffsetDateTime, format_description::StaticFormatDescription, macros::format_description};

/// Years in which a day may lie: nobody trades before or plans beyond.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
const ISO: StaticFormatDescription = format_description!("[year]-[month]-[day]");

/// The note of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// A day of the calendar.
    pub date: Date,
    /// Markdown.
    pub notes: String,
    /// The last change; `None`: nothing was ever written.
    pub updated_at: Option<OffsetDateTime>,
    /// Grows with every change; 0: nothing was ever written.
    pub version: i64,
}

impl Day {
    /// A day about which nothing was written.
    pub const fn blank(date: Date) -> Self {
        Self { date, notes: String::new(), updated_at: None, version: 0 }
    }
}

/// A day with a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayBeginning {
    /// A day of the calendar.
    pub date: Date,
    /// The first characters of its note.
    pub beginning: String,
    /// The last change.
    pub updated_at: OffsetDateTime,
    /// Grows with every change.
    pub version: i64,
}

/// An ISO date of the years 1900 to 2199.
pub fn date(field: &'static str, text: &str) -> Result<Date, Invalid> {
    let date = Date::parse(text, ISO).ok();
    let date = date.filter(|date| YEARS.contains(&date.year()) && iso(*date) == text);
    date.ok_or_else(|| Invalid::new(field, "must be a date such as 2026-01-05, of the years 1900 to 2199"))
}

/// Like [`date`], or empty.
pub fn optional_date(field: &'static str, text: &str) -> Result<Option<Date>, Invalid> {
    if text.is_empty() { Ok(None) } else { date(field, text).map(Some) }
}

/// As [`date`] reads it.
pub fn iso(date: Date) -> String {
    date.format(ISO).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_comes_back_as_it_went() {
        for text in ["2026-01-05", "1900-01-01", "2199-12-31", "2028-02-29"] {
            assert_eq!(date("date", text).map(iso), Ok(text.to_owned()));
        }
        assert_eq!(optional_date("from", ""), Ok(None));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for wrong in [
            "",
            "2026-1-5",
            "2026-02-30",
            "1899-12-31",
            "2200-01-01",
            "+2026-01-05",
            "2026-01-05T00:00:00Z",
            "today",
            "\0",
        ] {
            assert_eq!(date("date", wrong).unwrap_err().field, "date", "{wrong:?}");
        }
    }
}
