//! Numbers as brokers write them: exact, or refused.

mod plain;
mod units;

use crate::tally::{Fault, quoted};
use ledger::Decimal;
use plain::plain;

pub(crate) use units::{split_unit, thirty_seconds};

/// Longer texts are no honest numbers.
const LONGEST: usize = 100;
/// What stands for no value.
const NULLS: [&str; 8] = ["", "-", "--", "---", "N/A", "n/a", "NaN", "null"];

/// How a file separates decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// `1,234.50`
    Dot,
    /// `1.234,50`
    Comma,
    /// `12,34,567.50`: lakhs and crores.
    Indian,
    /// The file does not tell: what may be two numbers is refused.
    Unsure,
}

/// True for a cell that says that there is no value.
pub(crate) fn is_null(cell: &str) -> bool {
    if cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    NULLS.contains(&cell.trim())
}

/// A number with an optional sign of currency, groups of thousands, and minus or parentheses for negative.
pub(crate) fn decimal(column: &'static str, cell: &str, point: Point) -> Result<Decimal, Fault> {
    parse(cell, point).ok_or_else(|| refused(column, cell, point))
}

/// Like [`decimal`]; an empty cell or a dash is zero.
pub(crate) fn decimal_or_zero(column: &'static str, cell: &str, point: Point) -> Result<Decimal, Fault> {
    Ok(optional(column, cell, point)?.unwrap_or(Decimal::ZERO))
}

/// Like [`decimal`]; an empty cell or a dash is none.
pub(crate) fn optional(column: &'static str, cell: &str, point: Point) -> Result<Option<Decimal>, Fault> {
    if cell.is_empty() || is_null(cell) { Ok(None) } else { decimal(column, cell, point).map(Some) }
}

fn refused(column: &'static str, cell: &str, point: Point) -> Fault {
    if point == Point::Unsure
        && let (Some(dot), Some(comma)) = (parse(cell, Point::Dot), parse(cell, Point::Comma))
    {
        let message = format!(
            "{} may be {dot} or {comma}: no cell of the file tells which sign stands before decimals",
            quoted(cell)
        );
        return Fault::new(column, "ambiguous-number", message);
    }
    let message = if cell.trim().len() > LONGEST {
        format!("{} has more than {LONGEST} characters: it is not a number such as 1234.50", quoted(cell))
    } else {
        format!("{} is not a number such as 1234.50", quoted(cell))
    };
    Fault::new(column, "bad-number", message)
}

pub(super) fn parse(cell: &str, point: Point) -> Option<Decimal> {
    if point == Point::Unsure {
        let (dot, comma) = (parse(cell, Point::Dot), parse(cell, Point::Comma));
        return if dot.is_some() && comma.is_some() && dot != comma { None } else { dot.or(comma) };
    }
    if point != Point::Comma
        && let Some(number) = short(cell)
    {
        return Some(number);
    }
    let cell = cell.trim();
    if cell.len() > LONGEST {
        return None;
    }
    let (negative, rest) = sign(cell)?;
    let number = Decimal::from_str_exact(&plain(rest, point)?).ok()?;
    Some(if negative { -number } else { number })
}

/// `-1234.50`: at most 18 digits, and nothing else. Whatever is special about other numbers is sorted out elsewhere.
fn short(cell: &str) -> Option<Decimal> {
    let (negative, digits) = cell.strip_prefix('-').map_or((false, cell), |digits| (true, digits));
    if !(1..=18).contains(&digits.len()) || digits.starts_with('.') || digits.ends_with('.') {
        return None;
    }
    let (mut mantissa, mut scale, mut behind): (i64, u32, bool) = (0, 0, false);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                scale += u32::from(behind);
            }
            b'.' if !behind => behind = true,
            _ => return None,
        }
    }
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    Decimal::from_scaled(i128::from(if negative { -mantissa } else { mantissa }), scale)
}

/// Takes off parentheses, minus, plus, currency signs (once each, before or behind) and a leading `@` (a limit price).
fn sign(cell: &str) -> Option<(bool, &str)> {
    let mut negative = false;
    let mut rest = cell.strip_prefix('@').unwrap_or(cell);
    let (mut signs, mut currencies) = (0, 0);
    loop {
        rest = rest.trim();
        let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let minus = rest.strip_prefix(['-', '\u{2212}']).or(inner);
        if let Some(inner) = minus {
            signs += 1;
            negative = true;
            rest = inner;
        } else if let Some(inner) = rest.strip_prefix('+') {
            signs += 1;
            rest = inner;
        } else if let Some(inner) =
            rest.strip_prefix(is_currency_sign).or_else(|| rest.strip_suffix(is_currency_sign))
        {
            currencies += 1;
            rest = inner;
        } else {
            return (signs <= 1 && currencies <= 1).then_some((negative, rest));
        }
    }
}

const fn is_currency_sign(letter: char) -> bool {
    matches!(letter, '$' | '€' | '£' | '¥' | '₹')
}

#[cfg(test)]
mod tests;
