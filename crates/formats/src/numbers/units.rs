//! Numbers with something attached: a unit, or thirty-seconds of a point.

use super::{Point, parse};
use ledger::Decimal;

/// `0.5BTC`, `30000USDT`, `0.10 Lots`, `1500 Oz`, `3,105.21 USD`: a number and its unit, which may be empty.
///
/// The number is as long as it can be. Where the unit may start with a digit (`51INCH`: 5 of 1INCH) name it: `known` is taken off first.
pub(crate) fn split_unit<'c>(cell: &'c str, known: Option<&str>, point: Point) -> Option<(Decimal, &'c str)> {
    let cell = cell.trim();
    if let Some(at) = known.and_then(|unit| cell.len().checked_sub(unit.len()))
        && let (Some(number), Some(unit)) = (cell.get(..at), cell.get(at..))
        && known.is_some_and(|known| known.eq_ignore_ascii_case(unit))
    {
        return Some((parse(number, point)?, unit));
    }
    let at = cell.find(|letter: char| letter.is_alphabetic()).unwrap_or(cell.len());
    let (number, unit) = cell.split_at(at);
    Some((parse(number, point)?, unit.trim()))
}

/// Prices of treasuries: `112'16` is 112 16/32; a third digit counts eighths of a thirty-second in the exchange's way (`2` is 1/4, `5`
/// is 1/2, `7` is 3/4). A plain number stays one.
pub(crate) fn thirty_seconds(cell: &str, point: Point) -> Option<Decimal> {
    let cell = cell.trim();
    let Some((whole, parts)) = cell.split_once('\'') else { return parse(cell, point) };
    let negative = whole.starts_with('-');
    let whole = parse(whole, point)?.abs();
    if !(2..=3).contains(&parts.len()) || !parts.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thirty_seconds: u32 = parts.get(..2)?.parse().ok()?;
    let quarters = match parts.get(2..)? {
        "" | "0" => 0,
        "2" => 1,
        "5" => 2,
        "7" => 3,
        _ => return None,
    };
    if thirty_seconds > 31 {
        return None;
    }
    // 1/128 is 0.0078125.
    let part = Decimal::from_scaled(i128::from(thirty_seconds * 4 + quarters) * 78_125, 7)?;
    let price = whole.checked_add(part)?;
    Some(if negative { -price } else { price })
}
