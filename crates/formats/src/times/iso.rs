//! The layouts that most files have, read digit by digit.

use jiff::civil::{Date, DateTime, Time};

/// `2026-01-05T14:30:00` or `2026-01-05 14:30:00`, with up to nine decimals, and whether a `Z` follows; or `20260105;143000`. `None` for
/// every other layout.
pub(super) fn iso(text: &str) -> Option<(DateTime, bool)> {
    let bytes = text.as_bytes();
    let [y1, y2, y3, y4, rest @ ..] = bytes else { return None };
    let year = number(*y1, *y2)? * 100 + number(*y3, *y4)?;
    let (month, day, clock) = match rest {
        [b'-', m1, m2, b'-', d1, d2, b'T' | b' ', h1, h2, b':', i1, i2, b':', s1, s2, rest @ ..] => {
            ([m1, m2], [d1, d2], ([h1, h2], [i1, i2], [s1, s2], rest))
        }
        [m1, m2, d1, d2, b';', h1, h2, i1, i2, s1, s2] => {
            ([m1, m2], [d1, d2], ([h1, h2], [i1, i2], [s1, s2], [].as_slice()))
        }
        _ => return None,
    };
    let (hour, minute, second, rest) = clock;
    let (fraction, is_utc) = match rest {
        [fraction @ .., b'Z'] => (fraction, true),
        fraction => (fraction, false),
    };
    let two = |[tens, ones]: [&u8; 2]| number(*tens, *ones).and_then(|number| i8::try_from(number).ok());
    let date = Date::new(year, two(month)?, two(day)?).ok()?;
    let time = Time::new(two(hour)?, two(minute)?, two(second)?, nanoseconds(fraction)?).ok()?;
    Some((date.to_datetime(time), is_utc))
}

fn number(tens: u8, ones: u8) -> Option<i16> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| i16::from(byte - b'0'));
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// `.123`: nothing is 0.
fn nanoseconds(fraction: &[u8]) -> Option<i32> {
    let digits = match fraction {
        [] => return Some(0),
        [b'.', digits @ ..] if (1..=9).contains(&digits.len()) => digits,
        _ => return None,
    };
    let mut nanoseconds = 0;
    for place in 0..9 {
        let digit = digits.get(place).copied().unwrap_or(b'0');
        nanoseconds = nanoseconds * 10 + digit.is_ascii_digit().then(|| i32::from(digit - b'0'))?;
    }
    Some(nanoseconds)
}
