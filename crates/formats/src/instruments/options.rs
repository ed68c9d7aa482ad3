//! Symbols of options, in the ways of exchanges and brokers.

use crate::times::{DateRule, date};
use jiff::civil::Date;
use ledger::{Decimal, Right};

/// The terms of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionTerms {
    /// The symbol of the underlying.
    pub underlying: String,
    /// The last day of trading.
    pub expiry: Date,
    /// Call or put.
    pub right: Right,
    /// The price at which the underlying changes hands.
    pub strike: Decimal,
}

/// The terms of an option that a symbol tells, in any of the ways of exchanges and brokers; `None`: it tells none.
pub fn option(symbol: &str) -> Option<OptionTerms> {
    // All of them hold digits; most symbols do not.
    if symbol.len() < 8 || !symbol.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    occ(symbol)
        .or_else(|| thinkorswim(symbol))
        .or_else(|| fidelity(symbol))
        .or_else(|| ibkr(symbol))
        .or_else(|| robinhood(symbol))
        .or_else(|| schwab(symbol))
}

/// OCC: root, padded to six or not, `yymmdd`, `C` or `P`, strike in thousandths with eight digits: `SPY   260320C00580000`.
pub(crate) fn occ(symbol: &str) -> Option<OptionTerms> {
    let symbol = symbol.strip_prefix("O:").unwrap_or(symbol);
    let (root, rest) = symbol.split_at_checked(symbol.len().checked_sub(15)?)?;
    let (day, rest) = rest.split_at_checked(6)?;
    let (right, strike) = rest.split_at_checked(1)?;
    if !strike.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let strike = Decimal::from_scaled(strike.parse().ok()?, 3)?;
    terms(root.trim(), compact(day)?, right, strike)
}

/// thinkorswim and TradeStation: `.SPY260320C580`, `SYM 240119C150`.
pub(crate) fn thinkorswim(symbol: &str) -> Option<OptionTerms> {
    let symbol = symbol.strip_prefix('.').unwrap_or(symbol);
    let at = symbol.find(|c: char| c.is_ascii_digit())?;
    let (root, rest) = symbol.split_at_checked(at)?;
    let (day, rest) = rest.split_at_checked(6)?;
    let (right, strike) = rest.split_at_checked(1)?;
    terms(root.trim(), compact(day)?, right, Decimal::from_str_exact(strike).ok()?)
}

/// Fidelity: `-NVDA260710P195`.
pub(crate) fn fidelity(symbol: &str) -> Option<OptionTerms> {
    thinkorswim(symbol.trim_start().strip_prefix('-')?)
}

/// Interactive Brokers: `SPY 20MAR26 580 C`.
pub(crate) fn ibkr(symbol: &str) -> Option<OptionTerms> {
    let mut words = symbol.rsplitn(4, ' ');
    let (right, strike, day, root) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let (number, month_year) = day.split_at_checked(2)?;
    let (month, year) = month_year.split_at_checked(3)?;
    let expiry = date(&format!("{number}-{month}-{year}"), DateRule::YearFirst)?;
    terms(root.trim(), expiry, right, Decimal::from_str_exact(strike).ok()?)
}

/// Robinhood's text: `MOH 1/15/2027 Call $200.00`.
pub(crate) fn robinhood(text: &str) -> Option<OptionTerms> {
    let mut words = text.split_whitespace();
    let (root, day, right, strike) = (words.next()?, words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let strike = strike.strip_prefix('$').unwrap_or(strike).replace(',', "");
    terms(root, date(day, DateRule::MonthFirst)?, right, Decimal::from_str_exact(&strike).ok()?)
}

/// Schwab: `SPY 03/20/2026 580.00 C`.
pub(crate) fn schwab(symbol: &str) -> Option<OptionTerms> {
    let mut words = symbol.rsplitn(4, ' ');
    let (right, strike, day, root) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let strike = Decimal::from_str_exact(strike).ok()?;
    terms(root.trim(), date(day, DateRule::MonthFirst)?, right, strike)
}

/// `yymmdd`.
fn compact(day: &str) -> Option<Date> {
    (day.len() == 6).then(|| date(&format!("20{day}"), DateRule::YearFirst))?
}

fn terms(root: &str, expiry: Date, right: &str, strike: Decimal) -> Option<OptionTerms> {
    let right = match right {
        "C" | "c" | "Call" | "CALL" | "call" => Right::Call,
        "P" | "p" | "Put" | "PUT" | "put" => Right::Put,
        _ => return None,
    };
    let sane = !root.is_empty()
        && root.len() <= 12
        && root.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b' '));
    (sane && strike.is_positive()).then(|| OptionTerms { underlying: root.to_owned(), expiry, right, strike })
}
