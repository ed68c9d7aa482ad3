//! Numbers as brokers write them: exact, or refused.

use crate::rows::{Fault, quoted};
use ledger::Decimal;

/// How a file separates decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// `1,234.50`
    Dot,
    /// `1.234,50`
    Comma,
}

/// A number with an optional currency sign, thousands separators, and minus or parentheses for negative.
pub(crate) fn decimal(column: &'static str, cell: &str, point: Point) -> Result<Decimal, Fault> {
    parse(cell, point).ok_or_else(|| {
        Fault::new(column, "bad-number", format!("{} is not a number such as 1234.50", quoted(cell)))
    })
}

/// Like [`decimal`]; an empty cell or a dash is zero.
pub(crate) fn decimal_or_zero(column: &'static str, cell: &str, point: Point) -> Result<Decimal, Fault> {
    match cell.trim() {
        "" | "-" | "--" | "N/A" => Ok(Decimal::ZERO),
        cell => decimal(column, cell, point),
    }
}

fn parse(cell: &str, point: Point) -> Option<Decimal> {
    let cell = cell.trim();
    if cell.len() > 100 {
        return None;
    }
    let (negative, rest) = match cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner),
        None => (false, cell),
    };
    let rest = rest.trim_start_matches(['$', '€', '£']).trim();
    let (minus, digits) = match rest.strip_prefix('-') {
        Some(digits) => (true, digits.trim_start_matches(['$', '€', '£', ' '])),
        None => (false, rest.strip_prefix('+').unwrap_or(rest).trim_start_matches(['$', '€', '£'])),
    };
    let plain = without_groups(digits, point)?;
    let number = Decimal::from_str_exact(&plain).ok()?;
    Some(if negative == minus { number } else { -number })
}

/// `1,234.50` as `1234.50`; groups that are not of three digits are refused.
fn without_groups(digits: &str, point: Point) -> Option<String> {
    let (group, decimal) = match point {
        Point::Dot => (',', '.'),
        Point::Comma => ('.', ','),
    };
    let (whole, fraction) = match digits.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    if whole.contains(group) {
        let mut groups = whole.split(group);
        let first = groups.next()?;
        if first.is_empty() || first.len() > 3 || groups.any(|g| g.len() != 3) {
            return None;
        }
    }
    let whole = whole.replace(group, "");
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(&whole) || !fraction.is_none_or(all_digits) {
        return None;
    }
    match (whole.is_empty(), fraction) {
        (true, None | Some("")) => None,
        (false, None | Some("")) => Some(whole),
        (true, Some(fraction)) => Some(format!("0.{fraction}")),
        (false, Some(fraction)) => Some(format!("{whole}.{fraction}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_of_brokers_are_read_exactly() {
        for (cell, point, expected) in [
            ("1234.50", Point::Dot, "1234.5"),
            ("1,234,567.89", Point::Dot, "1234567.89"),
            ("$1,200.00", Point::Dot, "1200"),
            ("($3,811.80)", Point::Dot, "-3811.8"),
            ("-$301.55", Point::Dot, "-301.55"),
            ("$-301.55", Point::Dot, "-301.55"),
            ("- 0.08", Point::Dot, "-0.08"),
            (".50", Point::Dot, "0.5"),
            ("5.", Point::Dot, "5"),
            ("+7", Point::Dot, "7"),
            ("1.234,50", Point::Comma, "1234.5"),
            ("7200,75", Point::Comma, "7200.75"),
            ("0.000000000000000001", Point::Dot, "0.000000000000000001"),
        ] {
            assert_eq!(parse(cell, point).map(|n| n.to_string()).as_deref(), Some(expected), "{cell}");
        }
    }

    #[test]
    fn what_is_ambiguous_or_no_number_is_refused() {
        for cell in
            ["", ".", "-", "1,23", "12,3456", "1e5", "NaN", "1 2", "0x10", "--5", "=1+1", "1.2.3", "٣"]
        {
            assert_eq!(parse(cell, Point::Dot), None, "{cell}");
        }
    }
}
