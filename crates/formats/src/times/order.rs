//! Tells the order of day and month from all dates at the beginning of a file: one of a 13th or later settles it.

use super::DateRule;
use crate::Options;

/// The rule of a format that leaves the order to the user's computer: what the user says, else what the file's beginning shows, else
/// none, so that an ambiguous date is refused.
pub(crate) fn user_ordered(head: &[u8], options: &Options) -> DateRule {
    let usual = || has_half_days(head).then_some(DateRule::MonthFirst);
    options
        .date_order
        .map(DateRule::from)
        .or_else(|| shown(head).or_else(usual))
        .unwrap_or(DateRule::YearFirst)
}

/// The order that the dates of a text have: one of a 13th or later tells, else points between the numbers, which nobody writes behind
/// the month. `None` when no date tells, or when two contradict each other.
pub(crate) fn shown(text: &[u8]) -> Option<DateRule> {
    let (mut day_first, mut month_first, mut has_points) = (false, false, false);
    for word in text.split(|byte| !(byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b'.'))) {
        let Some((first, second)) = first_two(word) else { continue };
        day_first |= first > 12 && second <= 12;
        month_first |= second > 12 && first <= 12;
        has_points |= word.contains(&b'.');
    }
    match (day_first, month_first) {
        (true, false) => Some(DateRule::DayFirst),
        (false, true) => Some(DateRule::MonthFirst),
        (false, false) if has_points => Some(DateRule::DayFirst),
        _ => None,
    }
}

/// Clocks with AM and PM stand beside dates that have the month first.
fn has_half_days(text: &[u8]) -> bool {
    text.windows(4).any(|window| matches!(window, [digit, b' ', b'A' | b'P', b'M'] if digit.is_ascii_digit()))
}

/// The first two numbers of `27/04/2026` or `7-28-2026`.
fn first_two(word: &[u8]) -> Option<(u8, u8)> {
    let mut parts = word.split(|byte| !byte.is_ascii_digit());
    let mut number = || -> Option<(usize, u32)> {
        let digits = parts.next().filter(|digits| (1..=4).contains(&digits.len()))?;
        Some((digits.len(), std::str::from_utf8(digits).ok()?.parse().ok()?))
    };
    let ((first_length, first), (second_length, second), (year_length, _)) =
        (number()?, number()?, number()?);
    let is_date = first_length <= 2 && second_length <= 2 && year_length == 4 && parts.next().is_none();
    (is_date && (1..=31).contains(&first) && (1..=31).contains(&second)).then_some(())?;
    Some((u8::try_from(first).ok()?, u8::try_from(second).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_days_tell_only_where_the_user_orders_dates() {
        let rule = |text: &[u8]| user_ordered(text, &Options::default());

        assert_eq!(rule(b"7/2/2026 9:45:17 AM"), DateRule::MonthFirst);
        assert_eq!(rule(b"7/2/2026 09:45:17"), DateRule::YearFirst);
    }

    #[test]
    fn one_late_day_settles_the_order_and_a_contradiction_does_not() {
        for (text, expected) in [
            ("1;27/04/2026 6:05:02;7200,75", Some(DateRule::DayFirst)),
            ("7/28/2026 9:45:17 AM,7/2/2026", Some(DateRule::MonthFirst)),
            ("01-04-2026 00:27:56", None),
            ("7/2/2026 9:45:17 AM", None),
            ("02.07.2026 09:45", Some(DateRule::DayFirst)),
            ("02.27.2026 09:45", Some(DateRule::MonthFirst)),
            ("27/04/2026 and 04/27/2026", None),
            ("2026-04-27, 40/13/2026, 13.5, 1.2.3.4", None),
            ("", None),
        ] {
            assert_eq!(shown(text.as_bytes()), expected, "{text}");
        }
    }
}
