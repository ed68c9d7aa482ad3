//! One trade of a Flex Query, in XML or CSV.

mod identity;
mod money;
mod rate;

use super::{
    codes::{self, Codes},
    fields::{self, Field, Fields},
};
use crate::{
    Claims, OptionTerms, ParsedBust, ParsedEvent, ParsedFill,
    numbers::{Point, decimal, optional},
    run::Out,
    symbols,
    tally::{Fault, quoted},
    times::Clock,
};
use ledger::{Decimal, Right, Side};

/// The P&L that a row states.
pub(super) enum Realized {
    /// Net of commission, in a currency.
    Stated(String, Decimal),
    /// The query leaves it out.
    NotStated,
    /// A cancellation: it says nothing of its own.
    NoExecution,
}

/// Reads a row with level of detail `EXECUTION`, and hands out what it tells.
pub(super) fn read(
    row: &impl Fields,
    clock: &Clock,
    account: &str,
    out: &mut Out<'_>,
) -> Result<Realized, Fault> {
    let codes = Codes::of(row.field(&fields::NOTES));
    let symbol = symbols::clean("symbol", row.field(&fields::SYMBOL))?;
    let signed = number(row, &fields::QUANTITY)?;
    if signed.is_zero() {
        return Err(Fault::new("quantity", "zero-quantity", "a fill moves a quantity other than 0"));
    }
    let price = number(row, &fields::PRICE)?;
    let moment = clock.read(fields::DATE_TIME.name(), &time_text(row))?;
    let account = Some(account.to_owned()).filter(|account| !account.is_empty());
    if identity::is_cancellation(row, &codes) {
        out.event(ParsedEvent::Bust(ParsedBust {
            line: row.line(),
            id: format!("cancel:{}", identity::execution_id(row)?.unwrap_or_default()),
            account,
            refers_to: identity::cancelled(row)?,
            busted_at: moment,
        }));
        return Ok(Realized::NoExecution);
    }
    let currency = symbols::currency("currency", row.field(&fields::CURRENCY), &out.options.currency)?;
    let mut fill =
        ParsedFill::new(row.line(), moment, symbol, side(row, signed)?, signed.abs(), price, currency);
    fill.execution_id = identity::execution_id(row)?.unwrap_or_default();
    fill.reference = identity::reference(row);
    fill.corrects = identity::corrected(row, &codes);
    fill.order_id =
        Some(row.field(&fields::ORDER_ID)).filter(|id| !matches!(*id, "" | "0")).map(str::to_owned);
    fill.account = account;
    fill.cause = codes.cause();
    fill.effect = codes::effect(row.field(&fields::OPEN_CLOSE));
    money::charge(row, &mut fill)?;
    let class = codes::asset_class(row.field(&fields::ASSET_CATEGORY));
    out.instruments.identify(&mut fill, class, None).or_else(|fault| money::only_stated(row, fault))?;
    money::multiply(row, &mut fill)?;
    if let Some(terms) = terms(row, clock)? {
        fill.option = Some(Box::new(terms));
    }
    let realized = optional("fifoPnlRealized", row.field(&fields::REALIZED), Point::Dot)?;
    let stated = realized.map_or(Realized::NotStated, |pnl| Realized::Stated(fill.currency.clone(), pnl));
    fill.claims =
        realized.map(|pnl| Box::new(Claims { pnl: Some(pnl), pnl_is_net: true, ..Claims::default() }));
    money::state(&fill, &mut out.stated);
    let rate = rate::read(row, &fill, out);
    out.fill(fill)?;
    if let Some(rate) = rate {
        out.event(rate);
    }
    Ok(stated)
}

fn number(row: &impl Fields, field: &Field) -> Result<Decimal, Fault> {
    decimal(field.name(), row.field(field), Point::Dot)
}

/// `dateTime`, else `tradeDate` and `tradeTime`.
fn time_text(row: &impl Fields) -> String {
    match (row.field(&fields::DATE_TIME), row.field(&fields::DATE), row.field(&fields::TIME)) {
        ("", date, "") => date.to_owned(),
        ("", date, time) => format!("{date};{time}"),
        (text, _, _) => text.to_owned(),
    }
}

fn side(row: &impl Fields, signed: Decimal) -> Result<Side, Fault> {
    let by_sign = if signed.is_negative() { Side::Sell } else { Side::Buy };
    let stated = match row.field(&fields::BUY_SELL) {
        "" => by_sign,
        text if text.starts_with("BUY") => Side::Buy,
        text if text.starts_with("SELL") => Side::Sell,
        text => {
            return Err(Fault::new(
                "buySell",
                "bad-side",
                format!("{} is neither BUY nor SELL", quoted(text)),
            ));
        }
    };
    // Some queries write sales without their sign; a purchase is never negative.
    if stated == Side::Buy && by_sign == Side::Sell {
        return Err(Fault::new("quantity", "bad-side", "a purchase has a positive quantity"));
    }
    Ok(stated)
}

/// The terms of an option, where the row states them all.
fn terms(row: &impl Fields, clock: &Clock) -> Result<Option<OptionTerms>, Fault> {
    let right = match row.field(&fields::PUT_CALL) {
        "C" | "CALL" | "Call" => Right::Call,
        "P" | "PUT" | "Put" => Right::Put,
        _ => return Ok(None),
    };
    // An expiry that cannot be read loses the terms, not the fill.
    let expiry = clock.day(row.field(&fields::EXPIRY));
    let strike = optional("strike", row.field(&fields::STRIKE), Point::Dot)?;
    let underlying = row.field(&fields::UNDERLYING);
    Ok(match (expiry, strike) {
        (Some(expiry), Some(strike)) if !underlying.is_empty() => {
            Some(OptionTerms { underlying: underlying.to_owned(), expiry, right, strike })
        }
        _ => None,
    })
}
