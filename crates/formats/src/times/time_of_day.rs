//! Times of day in the layouts of brokers.

use jiff::civil::Time;

/// `09:30`, `09:30:00`, `093000`, `9:30:00.123456`, `9:30:00,123`, `9:30:00 PM`. `None` when there is no such time.
pub(super) fn time_of_day(text: &str) -> Option<Time> {
    let (clock, half) = halves(text.trim());
    let (clock, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, ""));
    let (hour, minute, second) = if clock.len() == 6 && !clock.contains(':') {
        (clock.get(..2)?, clock.get(2..4)?, clock.get(4..)?)
    } else {
        let mut parts = clock.split(':');
        let found = (parts.next()?, parts.next()?, parts.next().unwrap_or("0"));
        if parts.next().is_some() {
            return None;
        }
        found
    };
    let hour = number(hour)?;
    let hour = match half {
        None => hour,
        Some(offset) if (1..=12).contains(&hour) => hour % 12 + offset,
        Some(_) => return None,
    };
    Time::new(hour, number(minute)?, number(second)?, nanoseconds(fraction)?).ok()
}

/// Takes off `AM` or `PM`, and says how many hours it adds.
fn halves(text: &str) -> (&str, Option<i8>) {
    let Some(at) = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at)) else {
        return (text, None);
    };
    let (clock, half) = text.split_at(at);
    match half {
        half if half.eq_ignore_ascii_case("am") => (clock.trim_end(), Some(0)),
        half if half.eq_ignore_ascii_case("pm") => (clock.trim_end(), Some(12)),
        _ => (text, None),
    }
}

fn number(text: &str) -> Option<i8> {
    let sane = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    sane.then(|| text.parse().ok()).flatten()
}

fn nanoseconds(fraction: &str) -> Option<i32> {
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    Some(digits.fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0')))
}
