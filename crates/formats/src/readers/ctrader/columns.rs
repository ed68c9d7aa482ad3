//! The columns of a cTrader history, in English and Spanish.

use crate::Header;

pub(super) const ID: &[&str] = &["id", "order id", "position id", "id de la orden"];
pub(super) const SYMBOL: &[&str] = &["symbol", "símbolo"];
pub(super) const DIRECTION: &[&str] = &["opening direction", "dirección de apertura"];
pub(super) const ENTRY_PRICE: &[&str] = &["entry price", "precio de entrada"];
pub(super) const CLOSING_PRICE: &[&str] = &["closing price", "precio de cierre"];
pub(super) const QUANTITY: &[&str] = &["closing quantity", "cantidad de cierre"];
pub(super) const COMMISSION: &[&str] = &["commission", "commissions", "comisión", "comisiones"];
pub(super) const OPENING_TIME: &[&str] = &["opening time", "hora de apertura"];
pub(super) const CLOSING_TIME: &[&str] = &["closing time", "hora de cierre"];

pub(super) fn is_header(header: &Header) -> bool {
    [SYMBOL, DIRECTION, ENTRY_PRICE, CLOSING_PRICE, QUANTITY].iter().all(|names| header.has_any(names))
        && starting(header, CLOSING_TIME).is_some()
        && (money(header, "net", "neto").is_some() || money(header, "gross", "bruto").is_some())
}

/// The column whose name starts like one of these: the rest is a zone.
pub(super) fn starting<'h>(header: &'h Header, names: &[&str]) -> Option<&'h str> {
    names.iter().find_map(|name| header.starting_with(name))
}

/// A column such as `net usd`, `gross €`, `net (eur)` or `$ neto`, and the currency in its name.
pub(super) fn money<'h>(header: &'h Header, english: &str, spanish: &str) -> Option<(&'h str, String)> {
    header.names().find_map(|name| {
        let rest = name.strip_prefix(english).filter(|rest| rest.starts_with([' ', '(']));
        let currency = rest.or_else(|| name.strip_suffix(spanish))?;
        Some((name, code(currency.trim_matches([' ', '(', ')']))))
    })
}

/// A sign of currency is the most common one.
fn code(text: &str) -> String {
    match text {
        "$" => "USD".to_owned(),
        "€" => "EUR".to_owned(),
        "£" => "GBP".to_owned(),
        "¥" => "JPY".to_owned(),
        other => other.to_uppercase(),
    }
}
