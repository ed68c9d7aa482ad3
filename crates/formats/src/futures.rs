//! What a contract on a futures platform is worth, in the many ways that platforms write its symbol.

use crate::{
    AssetClass, Moment, MultiplierSource, ParsedFill,
    instruments::{self, Contract, derived_multiplier, future, root},
    symbols,
    tally::{Fault, quoted},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use ledger::Decimal;

/// What a point of a contract is worth, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    pub class: AssetClass,
    pub multiplier: Decimal,
    pub source: MultiplierSource,
    pub currency: String,
}

/// From the table of contracts, else from a stated gross P&L and the points (price difference times quantity) that made it.
///
/// `default` is the account's currency. A future that is neither in the table nor tells by its P&L is refused; what is no future is
/// worth its price.
pub(crate) fn terms(
    column: &'static str,
    symbol: &str,
    traded: &Moment,
    stated: Option<(Decimal, Decimal)>,
    default: &str,
) -> Result<Terms, Fault> {
    let day = day(traded);
    if let Some(contract) = contract(symbol, day) {
        let (multiplier, currency) = (contract.multiplier, contract.currency.to_owned());
        return Ok(Terms {
            class: AssetClass::Future,
            multiplier,
            source: MultiplierSource::Table,
            currency,
        });
    }
    let is_future = future(bare(symbol), day).is_some();
    let class = if is_future { AssetClass::Future } else { class(symbol) };
    let currency = symbols::currency("currency", quote(symbol).as_deref().unwrap_or_default(), default)?;
    if class != AssetClass::Future && class != AssetClass::Unknown {
        return Ok(Terms { class, multiplier: Decimal::ONE, source: MultiplierSource::Usual, currency });
    }
    derived(column, symbol, class, stated, currency)
}

/// Like [`terms`], on a platform that trades nothing but futures.
pub(crate) fn future_terms(
    column: &'static str,
    symbol: &str,
    traded: &Moment,
    stated: Option<(Decimal, Decimal)>,
    default: &str,
) -> Result<Terms, Fault> {
    if contract(symbol, day(traded)).is_some() {
        return terms(column, symbol, traded, stated, default);
    }
    derived(column, symbol, AssetClass::Future, stated, symbols::currency("currency", "", default)?)
}

fn derived(
    column: &'static str,
    symbol: &str,
    class: AssetClass,
    stated: Option<(Decimal, Decimal)>,
    currency: String,
) -> Result<Terms, Fault> {
    let derived = stated.and_then(|(points, pnl)| derived_multiplier(pnl, points, Decimal::ONE));
    if let Some(multiplier) = derived {
        return Ok(Terms { class, multiplier, source: MultiplierSource::Derived, currency });
    }
    let message =
        format!("what a point of {} is worth is not known, and its row does not tell", quoted(symbol));
    Err(Fault::new(column, "unknown-contract", message))
}

/// The contract of a symbol in the table: `MNQU6`, `MES 09-26`, `CON.F.US.MES.U25`, `F.US.MESM26`, `CME_MINI:MNQH2026`, `MES1!`,
/// `MNQH26_FUT_CME`.
pub(crate) fn contract(symbol: &str, traded: Date) -> Option<Contract> {
    let bare = bare(symbol);
    match bare.strip_suffix('!') {
        // `MES1!`: the first month to expire, whichever that is.
        Some(continuous) => root(continuous.trim_end_matches(|letter: char| letter.is_ascii_digit())),
        None => future(bare, traded).and_then(|future| root(&future.root)),
    }
}

/// True for a symbol in the way of a contract of one month.
pub(crate) fn is_future(symbol: &str) -> bool {
    future(bare(symbol), Date::constant(2026, 1, 1)).is_some()
}

/// The symbol without the exchange that platforms write before or behind it.
fn bare(symbol: &str) -> &str {
    let symbol = symbol.rsplit(':').next().unwrap_or(symbol);
    let symbol = symbol.split_once("_FUT").map_or(symbol, |(contract, _)| contract);
    let symbol = symbol.strip_prefix("F.US.").unwrap_or(symbol);
    symbol
        .split_once('.')
        .filter(|(_, exchange)| is_exchange(exchange))
        .map_or(symbol, |(contract, _)| contract)
}

fn is_exchange(text: &str) -> bool {
    ["CME", "CBOT", "NYMEX", "COMEX", "EUREX", "ICE"]
        .iter()
        .any(|exchange| text.eq_ignore_ascii_case(exchange))
}

/// What a symbol that is no future looks like.
fn class(symbol: &str) -> AssetClass {
    let bare = bare(symbol);
    let pair = instruments::pair(bare);
    match pair {
        Some((first, quote)) if instruments::is_currency(&first) && instruments::is_currency(&quote) => {
            AssetClass::Forex
        }
        Some(_) => AssetClass::Crypto,
        None if instruments::coin(bare) => AssetClass::Crypto,
        None if is_ticker(bare) => AssetClass::Stock,
        None => AssetClass::Unknown,
    }
}

/// The currency that a pair is quoted in.
fn quote(symbol: &str) -> Option<String> {
    instruments::pair(bare(symbol)).map(|(_, quote)| quote)
}

fn is_ticker(symbol: &str) -> bool {
    (1..=5).contains(&symbol.len()) && symbol.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.')
}

/// The day of a time in UTC: near enough to resolve a year's last digit.
fn day(at: &Moment) -> Date {
    let instant = Timestamp::from_nanosecond(i128::from(at.at.0)).unwrap_or(Timestamp::UNIX_EPOCH);
    instant.to_zoned(TimeZone::UTC).date()
}

/// Puts the terms on a fill.
pub(crate) fn apply(fill: &mut ParsedFill, terms: Terms) {
    fill.asset_class = terms.class;
    fill.multiplier = terms.multiplier;
    fill.multiplier_source = terms.source;
    fill.currency = terms.currency;
}

#[cfg(test)]
mod tests;
