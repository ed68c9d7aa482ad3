//! Numbers, symbols and words of what is entered by hand.

use super::{fill, invalid::Invalid, text};
use ledger::{Decimal, Side};

/// What money can move for: the kinds of cash.
pub const CASH_KINDS: [&str; 14] = [
    "deposit",
    "withdrawal",
    "dividend",
    "interest",
    "fee",
    "commission",
    "funding",
    "swap",
    "borrow",
    "tax",
    "transfer",
    "reward",
    "settlement",
    "other",
];

const ASSET_CLASSES: [&str; 8] = ["stock", "option", "future", "forex", "crypto", "cfd", "bond", "unknown"];

/// A decimal number.
pub fn decimal(field: &'static str, text: &str) -> Result<Decimal, Invalid> {
    text.parse().map_err(|_| Invalid::new(field, "must be a decimal number, such as 12.50"))
}

/// A decimal number; 0 when nothing is said.
pub fn decimal_or_zero(field: &'static str, text: &str) -> Result<Decimal, Invalid> {
    if text.is_empty() { Ok(Decimal::ZERO) } else { decimal(field, text) }
}

/// A decimal number above 0.
pub fn positive(field: &'static str, text: &str) -> Result<Decimal, Invalid> {
    let number = decimal(field, text)?;
    if number.is_positive() { Ok(number) } else { Err(Invalid::new(field, "must be above 0")) }
}

/// A symbol as the broker writes it, of 1 to 100 characters.
pub fn symbol(text: &str) -> Result<String, Invalid> {
    text::required_line("symbol", text, 100)
}

/// `buy` or `sell`.
pub fn side(name: &str) -> Result<Side, Invalid> {
    fill::side_of(name).ok_or_else(|| Invalid::new("side", "must be buy or sell"))
}

/// One of the kinds of instruments; `unknown` when nothing is said.
pub fn asset_class(name: &str) -> Result<String, Invalid> {
    let name = if name.is_empty() { "unknown" } else { name };
    one_of("asset_class", name, &ASSET_CLASSES)
}

/// One of the kinds of cash.
pub fn cash_kind(name: &str) -> Result<String, Invalid> {
    one_of("kind", name, &CASH_KINDS)
}

/// Why something is changed, of 1 to 500 characters.
pub fn reason(text: &str) -> Result<String, Invalid> {
    text::required_line("reason", text, 500)
}

fn one_of(field: &'static str, name: &str, words: &[&str]) -> Result<String, Invalid> {
    if words.contains(&name) {
        return Ok(name.to_owned());
    }
    Err(Invalid::new(field, format!("must be one of {}", words.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_none_are_refused_with_those_that_are() {
        let refused = cash_kind("salary").unwrap_err();

        assert!(refused.expected.contains("deposit, withdrawal"), "{refused}");
        assert_eq!(cash_kind("swap"), Ok("swap".to_owned()));
        assert_eq!(asset_class(""), Ok("unknown".to_owned()));
        assert!(asset_class("shares").is_err());
    }

    #[test]
    fn a_quantity_is_above_zero() {
        assert!(positive("quantity", "0").is_err());
        assert!(positive("quantity", "-1").is_err());
        assert!(positive("quantity", "NaN").is_err());
        assert_eq!(positive("quantity", "0.5").unwrap().to_string(), "0.5");
    }
}
