//! What was traded, and what a point of its price is worth.

mod contracts;
mod futures;
mod known;
mod options;
mod pairs;

use crate::{
    AssetClass, MultiplierSource, ParsedFill,
    tally::{Fault, quoted},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use ledger::Decimal;

pub(crate) use contracts::{Contract, root};
pub(crate) use futures::future;
pub(crate) use known::Known;
pub(crate) use options::thinkorswim;
pub use options::{OptionTerms, option};
pub(crate) use pairs::{coin, is_currency, kraken_pair, pair, without_broker_suffix};

/// Says what the fill's symbol is. `class` and `multiplier` are what the row states, if it does; they win over the symbol.
///
/// The multiplier is the stated one, else of a future the table's, else 100 for an option, 0.01 for a bond (its
/// price is in percent of the face value) and 1 for everything else. A future without
/// either is refused: its trades would be worth a fraction of what they are.
pub(crate) fn identify(
    fill: &mut ParsedFill,
    class: Option<AssetClass>,
    multiplier: Option<Decimal>,
) -> Result<(), Fault> {
    recognise(&fill.symbol, class, day_of(fill)).apply(fill, multiplier)
}

/// What a symbol is, when the row says that it is of a class or nothing.
fn recognise(symbol: &str, class: Option<AssetClass>, day: Date) -> Recognised {
    let may_be = |wanted: AssetClass| class.is_none() || class == Some(wanted);
    if may_be(AssetClass::Option)
        && let Some(terms) = option(symbol)
    {
        return Recognised { class: AssetClass::Option, option: Some(terms), multiplier: None };
    }
    if may_be(AssetClass::Future)
        && let Some(contract) = future(symbol, day).and_then(|future| root(&future.root))
    {
        return Recognised { class: AssetClass::Future, option: None, multiplier: Some(contract.multiplier) };
    }
    let class = class.unwrap_or_else(|| guess(symbol));
    Recognised { class, option: None, multiplier: None }
}

/// What a symbol was recognised as.
#[derive(Clone)]
struct Recognised {
    class: AssetClass,
    option: Option<OptionTerms>,
    /// From the table of contracts.
    multiplier: Option<Decimal>,
}

impl Recognised {
    /// Says it of a fill; a stated multiplier wins.
    fn apply(&self, fill: &mut ParsedFill, stated: Option<Decimal>) -> Result<(), Fault> {
        fill.asset_class = self.class;
        fill.option = self.option.clone().map(Box::new);
        let usual = match self.class {
            AssetClass::Option => Decimal::from(100),
            // Bonds are quoted in percent of their face value, which is what is bought.
            AssetClass::Bond => Decimal::from_scaled(1, 2).unwrap_or(Decimal::ONE),
            AssetClass::Stock
            | AssetClass::Future
            | AssetClass::Forex
            | AssetClass::Crypto
            | AssetClass::Cfd
            | AssetClass::Unknown => Decimal::ONE,
        };
        (fill.multiplier, fill.multiplier_source) = match (stated, self.multiplier) {
            (Some(stated), _) => (stated, MultiplierSource::Stated),
            (None, Some(contract)) => (contract, MultiplierSource::Table),
            (None, None) => (usual, MultiplierSource::Usual),
        };
        let is_future = self.class == AssetClass::Future
            || (fill.symbol.starts_with('/') && self.class == AssetClass::Unknown);
        if is_future && fill.multiplier_source == MultiplierSource::Usual {
            let symbol = quoted(&fill.symbol);
            let message = format!("what a point of {symbol} is worth is not known: add a multiplier column");
            return Err(Fault::new("symbol", "unknown-contract", message));
        }
        Ok(())
    }
}

/// Says that the fill's symbol is an option on this future: a point is worth what a point of the future is.
pub(crate) fn identify_option_on_future(fill: &mut ParsedFill, underlying: &str) -> Result<(), Fault> {
    let contract = match future(underlying, day_of(fill)) {
        Some(future) => root(&future.root),
        None => root(underlying.trim_start_matches('/')),
    };
    let Some(contract) = contract else {
        let message = format!("what a point of {} is worth is not known", quoted(underlying));
        return Err(Fault::new("symbol", "unknown-contract", message));
    };
    fill.asset_class = AssetClass::Option;
    fill.multiplier = contract.multiplier;
    fill.multiplier_source = MultiplierSource::Table;
    Ok(())
}

/// The day of a fill in UTC: near enough to resolve a year's last digit.
pub(crate) fn day_of(fill: &ParsedFill) -> Date {
    let instant =
        Timestamp::from_nanosecond(i128::from(fill.executed_at.at.0)).unwrap_or(Timestamp::UNIX_EPOCH);
    instant.to_zoned(TimeZone::UTC).date()
}

/// The multiplier that makes `value` out of `price x quantity` (a notional value), or out of `points x quantity` (a P&L): exact and
/// above 0, or none.
pub(crate) fn derived_multiplier(
    value: Decimal,
    price_or_points: Decimal,
    quantity: Decimal,
) -> Option<Decimal> {
    let base = price_or_points.checked_mul(quantity)?;
    let multiplier = value.checked_div_rounded(base, 8)?;
    (multiplier.is_positive() && multiplier.checked_mul(base) == Some(value)).then_some(multiplier)
}

/// What a symbol looks like.
fn guess(symbol: &str) -> AssetClass {
    match pair(symbol) {
        Some((base, quote)) if is_currency(&base) && is_currency(&quote) => AssetClass::Forex,
        Some(_) => AssetClass::Crypto,
        None if coin(symbol) => AssetClass::Crypto,
        None if is_ticker(symbol) => AssetClass::Stock,
        None => AssetClass::Unknown,
    }
}

fn is_ticker(symbol: &str) -> bool {
    (1..=5).contains(&symbol.len()) && symbol.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.')
}

#[cfg(test)]
mod tests;
