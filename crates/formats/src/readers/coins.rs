//! What exchanges of coins share: pairs without a separator, charges in any coin, and conversions that state two amounts.

use crate::{
    AssetClass, Charge, ChargeKind, ParsedFill, Severity,
    instruments::{is_currency, pair},
    numbers::{Point, split_unit},
    run::Out,
    tally::{Fault, quoted},
};
use ledger::Decimal;

/// Coins that exchanges quote in: what ends with another one stands before it.
const QUOTES: [&str; 17] = [
    "FDUSD", "PYUSD", "TUSD", "BUSD", "USDT", "USDC", "USDE", "USDP", "USD1", "DAI", "BTC", "ETH", "BNB",
    "SOL", "TRX", "XRP", "DOGE",
];
/// Digits behind the point of a price that two amounts give, when it does not end before.
const PRICE_DIGITS: u32 = 30;
/// Longer codes are none.
const LONGEST_CODE: usize = 20;

/// Base and quote of `BTCUSDT`, `1INCHUSDT`, `BTC/EUR`, `BTC-USD`.
pub(super) fn base_and_quote(column: &'static str, symbol: &str) -> Result<(String, String), Fault> {
    let symbol = symbol.to_ascii_uppercase();
    pair(&symbol).or_else(|| glued(&symbol)).ok_or_else(|| {
        let message = format!("{} is no pair such as BTCUSDT or BTC-USD", quoted(&symbol));
        Fault::new(column, "unknown-pair", message)
    })
}

fn glued(symbol: &str) -> Option<(String, String)> {
    let coin = QUOTES.into_iter().find(|quote| symbol.ends_with(quote));
    let currency =
        || symbol.len().checked_sub(3).and_then(|at| symbol.get(at..)).filter(|code| is_currency(code));
    let quote = coin.or_else(currency)?;
    let base = symbol.strip_suffix(quote)?;
    is_code(base).then(|| (base.to_owned(), quote.to_owned()))
}

fn is_code(code: &str) -> bool {
    (1..=LONGEST_CODE).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// The code of a coin or currency, upper case. Codes of coins may be short (`S`) and start with a digit (`1INCH`).
pub(super) fn code(column: &'static str, cell: &str) -> Result<String, Fault> {
    let code = cell.trim().to_ascii_uppercase();
    if is_code(&code) {
        return Ok(code);
    }
    Err(Fault::new(column, "bad-currency", format!("{} is no code of a coin such as BTC", quoted(cell))))
}

/// A number with its coin behind it, glued or not: `0.5BTC`, `30,000 USDT`, `7`. `known` is a coin that may start with a digit.
pub(super) fn amount<'c>(
    column: &'static str,
    cell: &'c str,
    known: &str,
    point: Point,
) -> Result<(Decimal, &'c str), Fault> {
    split_unit(cell, (!known.is_empty()).then_some(known), point).ok_or_else(|| {
        Fault::new(column, "bad-number", format!("{} is not an amount such as 0.5BTC", quoted(cell)))
    })
}

/// Charges the fill: in its own currency as commission, in another coin beside it. A coin taken of what was bought leaves the quantity
/// as it was traded; the engine subtracts it.
pub(super) fn charge(fill: &mut ParsedFill, amount: Decimal, coin: &str) -> Result<(), Fault> {
    if amount.is_zero() {
        return Ok(());
    }
    if coin == fill.currency {
        fill.commission = add("fee", fill.commission, amount)?;
    } else {
        let currency = coin.to_owned();
        fill.foreign_charges.push(Charge { kind: ChargeKind::Commission, amount, currency });
    }
    Ok(())
}

/// Says that the fill trades a coin, or a contract on one: one unit is one coin.
pub(super) fn of_class(mut fill: ParsedFill, class: AssetClass) -> ParsedFill {
    fill.asset_class = class;
    fill
}

/// A sum that must be exact.
pub(super) fn add(column: &'static str, left: Decimal, right: Decimal) -> Result<Decimal, Fault> {
    left.checked_add(right).ok_or_else(|| Fault::new(column, "bad-number", "the sum has too many digits"))
}

/// A product that must be exact.
pub(super) fn multiply(column: &'static str, left: Decimal, right: Decimal) -> Result<Decimal, Fault> {
    left.checked_mul(right).ok_or_else(|| Fault::new(column, "bad-number", "the product has too many digits"))
}

/// The price of one unit when `total` bought `quantity`: exact, or rounded to 30 digits with a remark.
pub(super) fn price(
    column: &'static str,
    total: Decimal,
    quantity: Decimal,
    out: &mut Out<'_>,
) -> Result<Decimal, Fault> {
    let price = total
        .checked_div_rounded(quantity, PRICE_DIGITS)
        .ok_or_else(|| Fault::new(column, "zero-quantity", "a conversion moves two amounts other than 0"))?;
    if price.checked_mul(quantity) != Some(total) {
        let message =
            format!("{total} / {quantity} has no end: the price is rounded to {PRICE_DIGITS} digits");
        out.remark(Severity::Info, "rounded-price", message);
    }
    Ok(price)
}
