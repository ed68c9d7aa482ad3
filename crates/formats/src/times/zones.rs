//! Offsets that stand behind a time or in a column's name.

use jiff::tz::Offset;

/// Abbreviations that brokers write, in hours from UTC. `CST` is the American one.
const ABBREVIATIONS: [(&str, i8); 19] = [
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("WET", 0),
    ("BST", 1),
    ("CET", 1),
    ("CEST", 2),
    ("EET", 2),
    ("EEST", 3),
    ("MSK", 3),
    ("JST", 9),
];

/// `UTC`, `EDT`, `UTC+2`, `GMT-04`, `+05:30`, `-0400`.
pub(super) fn offset(text: &str) -> Option<Offset> {
    let text = text.trim();
    if let Some((_, hours)) = ABBREVIATIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        return Offset::from_seconds(i32::from(*hours) * 3600).ok();
    }
    let start = text.get(..3).unwrap_or_default();
    let is_prefix = start.eq_ignore_ascii_case("utc") || start.eq_ignore_ascii_case("gmt");
    let signed = if is_prefix { text.get(3..)?.trim_start() } else { text };
    let (sign, digits) = match (signed.strip_prefix('+'), signed.strip_prefix(['-', '\u{2212}'])) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    let number = |text: &str| -> Option<i32> {
        let sane = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        sane.then(|| text.parse().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 18 && minutes < 60).then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())?
}

/// Takes an offset off the end of a time.
pub(super) fn split_offset(text: &str) -> (&str, Option<Offset>) {
    let Some(last) = text.as_bytes().last() else { return (text, None) };
    if !text.contains(':') {
        return (text, None);
    }
    if !last.is_ascii_digit() || text.contains("UTC") || text.contains("GMT") {
        // A word at the end, such as ` EDT`, `,GMT-04`, ` UTC` or the `Z` right behind the seconds.
        let word = text.rfind([' ', ',']).map_or(text.len(), |at| at + 1);
        let word = if text.ends_with(['Z', 'z']) { text.len() - 1 } else { word };
        let (rest, name) = text.split_at(word);
        return match offset(name) {
            Some(offset) => (rest.trim_end_matches([' ', ',']), Some(offset)),
            None => (text, None),
        };
    }
    let colon = text.find(':').unwrap_or_default();
    let Some(at) = text.get(colon..).and_then(|time| time.find(['+', '-'])) else { return (text, None) };
    let (rest, signed) = text.split_at(colon + at);
    match offset(signed) {
        Some(offset) => (rest.trim_end(), Some(offset)),
        None => (text, None),
    }
}
