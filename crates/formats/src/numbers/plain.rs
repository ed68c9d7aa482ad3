//! Takes a number's groups apart.

use super::Point;
use std::borrow::Cow;

/// `1,234.50` as `1234.50`; groups of a wrong size are refused.
pub(super) fn plain(digits: &str, point: Point) -> Option<Cow<'_, str>> {
    let (decimal, group) = match point {
        Point::Dot | Point::Indian | Point::Unsure => ('.', ','),
        Point::Comma => (',', '.'),
    };
    let (whole, fraction) = match digits.rsplit_once(decimal) {
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    let is_group = |letter: char| letter == group || is_space_or_apostrophe(letter);
    if whole.contains(is_group) && !grouped_rightly(whole, is_group, point) {
        return None;
    }
    let whole: String = whole.chars().filter(|letter| !is_group(*letter)).collect();
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(&whole) || !all_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    Some(match (whole.as_str(), fraction) {
        (_, "") => Cow::Owned(whole),
        ("", fraction) => Cow::Owned(format!("0.{fraction}")),
        (whole, fraction) => Cow::Owned(format!("{whole}.{fraction}")),
    })
}

const fn is_space_or_apostrophe(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}')
}

/// One kind of separator, and groups of three digits, of which the first begins with no zero (`0,005` is a fraction); with [`Point::Indian`] of two, but for the last.
fn grouped_rightly(whole: &str, is_group: impl Fn(char) -> bool, point: Point) -> bool {
    let mut separators = whole.chars().filter(|letter| is_group(*letter));
    let first = separators.next();
    if separators.any(|other| Some(other) != first) {
        return false;
    }
    let groups: Vec<&str> = whole.split(is_group).collect();
    let Some((last, others)) = groups.split_last() else { return false };
    let Some((head, middle)) = others.split_first() else { return false };
    let inner = if point == Point::Indian { 2 } else { 3 };
    let western = point == Point::Indian && middle.iter().all(|group| group.len() == 3);
    last.len() == 3
        && (1..=3).contains(&head.len())
        && !head.starts_with('0')
        && (western || (middle.iter().all(|group| group.len() == inner) && head.len() <= inner))
}
