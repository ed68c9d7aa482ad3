//! Symbols of futures.

use jiff::civil::Date;

const MONTH_CODES: &str = "FGHJKMNQUVXZ";
const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// A futures contract of one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Future {
    /// E.g. `ES`.
    pub root: String,
    /// 1 to 12.
    pub month: i8,
    /// E.g. 2026.
    pub year: i16,
}

/// `ESH6`, `MNQZ26`, `ESH2026`, `/NQM26`, `/ESH26:XCME`, `MES 09-26`, `MES JUN26`, `CON.F.US.MES.U25`, `@ESH26`.
///
/// A year's last digit is the one nearest to the day of the trade, up to one year back: contracts are traded before they end.
pub(crate) fn future(symbol: &str, traded: Date) -> Option<Future> {
    let symbol = symbol.trim_start_matches(['/', '.', '@']);
    let symbol = symbol.split(':').next()?.trim();
    if let Some(rest) = symbol.strip_prefix("CON.F.") {
        // `CON.F.US.MES.U25`: region, root, month and year.
        let mut parts = rest.split('.').skip(1);
        let (root, code) = (parts.next()?, parts.next()?);
        return coded(root, code, traded);
    }
    if let Some((root, month)) = symbol.split_once(' ') {
        return named(root, month.trim(), traded);
    }
    let digits = symbol.len() - symbol.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let at = symbol.len().checked_sub(digits + 1)?;
    if !symbol.is_ascii() || at == 0 {
        return None;
    }
    let (root, code) = symbol.split_at(at);
    coded(root, code, traded)
}

/// `H6`, `H26` or `H2026`.
fn coded(root: &str, code: &str, traded: Date) -> Option<Future> {
    let mut letters = code.chars();
    let month = MONTH_CODES.find(letters.next()?)?;
    let is_root = !root.is_empty()
        && root.len() <= 6
        && root.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && root.bytes().any(|byte| byte.is_ascii_uppercase());
    let year = year(letters.as_str(), traded)?;
    is_root.then(|| Future { root: root.to_owned(), month: i8::try_from(month + 1).unwrap_or(1), year })
}

/// `09-26` or `JUN26`.
fn named(root: &str, month: &str, traded: Date) -> Option<Future> {
    let is_root =
        !root.is_empty() && root.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let (month, digits) = if let Some((month, digits)) = month.split_once('-') {
        (month.parse().ok().filter(|month| (1..=12).contains(month))?, digits)
    } else {
        let (name, digits) = month.split_at_checked(3)?;
        let index = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))?;
        (i8::try_from(index + 1).ok()?, digits.trim_start_matches(['-', ' ', '\'']))
    };
    let year = year(digits, traded)?;
    (is_root && digits.len() >= 2).then(|| Future { root: root.to_owned(), month, year })
}

fn year(digits: &str, traded: Date) -> Option<i16> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i16 = digits.parse().ok()?;
    match digits.len() {
        1 => (traded.year() - 1..traded.year() + 9).find(|year| year % 10 == number),
        2 => Some(2000 + number),
        4 if (1970..2100).contains(&number) => Some(number),
        _ => None,
    }
}
