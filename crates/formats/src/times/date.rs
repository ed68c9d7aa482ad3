//! Dates in the layouts of brokers.

use jiff::civil::Date;

/// What 03/04/2026 is in a format. A date that starts with the year or spells the month needs no rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::enum_variant_names, reason = "what comes first is what a rule says")]
pub(crate) enum DateRule {
    /// March 4th.
    MonthFirst,
    /// The 3rd of April.
    DayFirst,
    /// Refused: the format writes the year first, or leaves the order to the user.
    YearFirst,
}

impl DateRule {
    /// A time that can be read.
    pub const fn example(self) -> &'static str {
        match self {
            Self::MonthFirst => "2026-01-05T14:30:00Z or 01/05/2026 09:30:00",
            Self::DayFirst => "2026-01-05T14:30:00Z or 05/01/2026 09:30:00",
            Self::YearFirst => "2026-01-05T14:30:00Z or 2026-01-05 09:30:00",
        }
    }
}

impl From<crate::DateOrder> for DateRule {
    fn from(order: crate::DateOrder) -> Self {
        match order {
            crate::DateOrder::MonthFirst => Self::MonthFirst,
            crate::DateOrder::DayFirst => Self::DayFirst,
        }
    }
}

/// `2026-01-05`, `2026/01/05`, `2026.01.05`, `20260105`, `05-Jan-26`, `5 JAN 2026`, `Jan 5, 2026`, `January 5, 2026`; by the rule
/// also `1/5/2026`, `01-05-2026`, `05.01.2026`, `1/5/26`. `None` when there is no such day.
pub(crate) fn date(text: &str, rule: DateRule) -> Option<Date> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return day(text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    }
    let is_between = |letter: char| matches!(letter, '-' | '/' | '.' | ' ' | ',');
    let mut parts = text.split(is_between).filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if let Some(month) = month(second) {
        return if first.len() == 4 { day(first, month, third) } else { day(third, month, first) };
    }
    if let Some(month) = month(first) {
        return day(third, month, second);
    }
    match (first.len(), third.len(), rule) {
        (4, _, _) => day(first, second, third),
        (_, 2 | 4, DateRule::MonthFirst) => day(third, first, second),
        (_, 2 | 4, DateRule::DayFirst) => day(third, second, first),
        _ => None,
    }
}

/// The number of a spelled month: English, whole or three letters.
fn month(text: &str) -> Option<&'static str> {
    const MONTHS: [(&str, &str); 12] = [
        ("january", "1"),
        ("february", "2"),
        ("march", "3"),
        ("april", "4"),
        ("may", "5"),
        ("june", "6"),
        ("july", "7"),
        ("august", "8"),
        ("september", "9"),
        ("october", "10"),
        ("november", "11"),
        ("december", "12"),
    ];
    if text.len() < 3 || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let text = text.to_ascii_lowercase();
    let fits = |name: &str| {
        name == text || name.get(..3) == Some(text.as_str()) || (name == "september" && text == "sept")
    };
    MONTHS.into_iter().find(|(name, _)| fits(name)).map(|(_, number)| number)
}

fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() <= 4;
    if ![year, month, day].into_iter().all(digits) || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let number: i16 = year.parse().ok()?;
    let year = match year.len() {
        4 => number,
        2 => 2000 + number,
        _ => return None,
    };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}
