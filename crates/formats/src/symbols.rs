//! Symbols, currencies and ids: bounded text without surprises.

use crate::tally::{Fault, quoted};

const MAX_SYMBOL: usize = 64;
const MAX_IDENTIFIER: usize = 128;

/// A symbol as the broker writes it, white space collapsed.
pub(crate) fn clean(column: &'static str, cell: &str) -> Result<String, Fault> {
    if (1..=MAX_SYMBOL).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(cell.to_owned());
    }
    let symbol = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if symbol.is_empty() {
        return Err(Fault::new(column, "missing-symbol", "the symbol is missing"));
    }
    if symbol.len() > MAX_SYMBOL || symbol.chars().any(char::is_control) {
        let message =
            format!("{} is no symbol: at most {MAX_SYMBOL} bytes, no control characters", quoted(cell));
        return Err(Fault::new(column, "bad-symbol", message));
    }
    Ok(symbol)
}

/// A currency code, upper case; `default` when the cell is empty.
pub(crate) fn currency(column: &'static str, cell: &str, default: &str) -> Result<String, Fault> {
    if cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(cell.to_owned());
    }
    let code = if cell.is_empty() { default } else { cell }.to_ascii_uppercase();
    let sane = (3..=10).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if sane {
        Ok(code)
    } else {
        Err(Fault::new(column, "bad-currency", format!("{} is no currency code such as USD", quoted(cell))))
    }
}

/// An id that the broker gave.
pub(crate) fn identifier(column: &'static str, cell: &str) -> Result<String, Fault> {
    if cell.is_empty() || cell.len() > MAX_IDENTIFIER || cell.chars().any(char::is_control) {
        let message =
            format!("{} is no id: 1 to {MAX_IDENTIFIER} bytes, no control characters", quoted(cell));
        return Err(Fault::new(column, "bad-id", message));
    }
    Ok(cell.to_owned())
}
