//! Times as scenarios write them: ISO 8601 in UTC.

use ledger::Timestamp;

/// Reads `2024-01-02`, `2024-01-02T15:00:00Z` and `2024-01-02 15:00:00.123+00:00`.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let (date, rest) = text.split_at_checked(10)?;
    let mut parts = date.split('-');
    let (year, month, day) = (number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?);
    if parts.next().is_some() || day == 0 || day > length_of(year, month)? {
        return None;
    }
    let rest = rest.strip_suffix('Z').or_else(|| rest.strip_suffix("+00:00")).unwrap_or(rest);
    let nanoseconds = if rest.is_empty() { 0 } else { time_of_day(rest.strip_prefix(['T', ' '])?)? };
    let seconds = days_since_1970(year, month, day).checked_mul(86_400)?;
    seconds.checked_mul(1_000_000_000)?.checked_add(nanoseconds).map(Timestamp)
}

/// Nanoseconds since midnight.
fn time_of_day(text: &str) -> Option<i64> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = clock.split(':');
    let (hour, minute, second) = (number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?);
    let valid = parts.next().is_none()
        && hour < 24
        && minute < 60
        && second < 60
        && (1..=9).contains(&fraction.len());
    let fraction = number(&format!("{fraction:0<9}"))?;
    valid.then_some(((hour * 60 + minute) * 60 + second) * 1_000_000_000 + fraction)
}

fn number(digits: &str) -> Option<i64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn length_of(year: i64, month: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

/// In the Gregorian calendar, with the year beginning in March.
const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_to_the_nanosecond() {
        for (text, expected) in [
            ("1970-01-01", 0),
            ("2024-01-02T15:00:00Z", 1_704_207_600_000_000_000),
            ("2024-02-29 00:00:00.000000001+00:00", 1_709_164_800_000_000_001),
        ] {
            assert_eq!(parse(text), Some(Timestamp(expected)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2024-02-30",
            "2023-02-29",
            "2024-13-01",
            "2024-01-02T25:00:00",
            "2024-01-02T15:00",
            "2024-01-02T15:00:00.",
            "9999-01-01",
            "2024-01-02T15:00:00+01:00",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
