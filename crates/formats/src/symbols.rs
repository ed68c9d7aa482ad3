//! Symbols, currencies and ids: bounded text without surprises.

use crate::{
    AssetClass,
    rows::{Fault, quoted},
};

const MAX_SYMBOL: usize = 64;
const MAX_IDENTIFIER: usize = 128;

/// A symbol as the broker writes it, white space collapsed.
pub(crate) fn clean(column: &'static str, cell: &str) -> Result<String, Fault> {
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

/// What a symbol looks like, where the file does not say.
pub(crate) fn guess(symbol: &str) -> AssetClass {
    const COINS: [&str; 10] = ["BTC", "ETH", "SOL", "XRP", "ADA", "DOGE", "LTC", "DOT", "AVAX", "BNB"];
    const QUOTES: [&str; 5] = ["USD", "USDT", "USDC", "EUR", "GBP"];
    let pair = symbol.replace(['/', '-'], "");
    let is_coin = COINS
        .into_iter()
        .any(|coin| pair.strip_prefix(coin).is_some_and(|quote| quote.is_empty() || QUOTES.contains(&quote)));
    if is_coin {
        AssetClass::Crypto
    } else if !symbol.is_empty()
        && symbol.len() <= 5
        && symbol.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.')
    {
        AssetClass::Stock
    } else {
        AssetClass::Unknown
    }
}
