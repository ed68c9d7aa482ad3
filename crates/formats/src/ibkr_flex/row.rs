//! One `<Trade>` element.

use super::xml::Element;
use crate::{
    AssetClass, ParsedFill,
    numbers::{Point, decimal, decimal_or_zero},
    rows::{Fault, quoted},
    symbols,
    times::Zone,
};
use ledger::{Decimal, Side};

/// An execution and what else its row tells.
pub(super) struct Execution {
    pub fill: ParsedFill,
    /// Realised P&L net of commission, as stated.
    pub realized: Option<Decimal>,
    /// The broker's trade id.
    pub trade_id: String,
    /// The trade that this one corrects.
    pub corrects: Option<String>,
    /// Why its time is unsure.
    pub doubt: Option<&'static str>,
}

/// What takes an execution back.
pub(super) struct Cancellation {
    pub line: u64,
    pub execution_id: String,
    /// The trade taken back.
    pub trade_id: String,
    pub symbol: String,
    pub quantity: Decimal,
    pub price: Decimal,
}

/// What a row is.
pub(super) enum Reading {
    Execution(Box<Execution>),
    Cancellation(Box<Cancellation>),
}

/// Reads a row with level of detail `EXECUTION`.
pub(super) fn read(element: &Element, zone: &Zone, account_currency: &str) -> Result<Reading, Fault> {
    let symbol = symbols::clean("symbol", element.get("symbol"))?;
    let signed = decimal("quantity", element.get("quantity"), Point::Dot)?;
    if signed.is_zero() {
        return Err(Fault::new("quantity", "zero-quantity", "a fill moves a quantity other than 0"));
    }
    let price = decimal("tradePrice", element.get("tradePrice"), Point::Dot)?;
    let execution_id = identity(element)?;
    let original =
        Some(element.get("origTradeID")).filter(|id| !id.is_empty() && *id != "0").map(str::to_owned);
    if is_cancellation(element) {
        let trade_id = original.unwrap_or_else(|| element.get("tradeID").to_owned());
        let quantity = signed.abs();
        let line = element.line;
        return Ok(Reading::Cancellation(Box::new(Cancellation {
            line,
            execution_id,
            trade_id,
            symbol,
            quantity,
            price,
        })));
    }
    let time_text = time_text(element);
    let read = zone.read("dateTime", &time_text)?;
    let (asset_class, default_multiplier) = asset_class(element.get("assetCategory"));
    let multiplier = match element.get("multiplier") {
        "" => default_multiplier,
        cell => decimal("multiplier", cell, Point::Dot)?,
    };
    if !multiplier.is_positive() {
        return Err(Fault::new("multiplier", "bad-multiplier", "a multiplier is greater than 0"));
    }
    let currency = symbols::currency("currency", element.get("currency"), account_currency)?;
    let fill = ParsedFill {
        line: element.line,
        execution_id,
        account: Some(element.get("accountId").to_owned()).filter(|account| !account.is_empty()),
        symbol,
        asset_class,
        side: side(element, signed)?,
        quantity: signed.abs(),
        price,
        commission: commission(element, &currency)?,
        fees: -decimal_or_zero("taxes", element.get("taxes"), Point::Dot)?,
        currency,
        multiplier,
        executed_at: read.at,
        sequence: i64::try_from(element.line).unwrap_or(i64::MAX),
        time_text,
        time_source: read.source,
    };
    let realized = match element.get("fifoPnlRealized") {
        "" => None,
        cell => Some(decimal("fifoPnlRealized", cell, Point::Dot)?),
    };
    let corrects =
        original.filter(|_| has_note(element, "Co") || element.get("transactionType") == "TradeCorrect");
    let trade_id = element.get("tradeID").to_owned();
    Ok(Reading::Execution(Box::new(Execution { fill, realized, trade_id, corrects, doubt: read.doubt })))
}

/// `ibExecID`, else `transactionID`, else `tradeID`: assignments and expiries have no execution id.
fn identity(element: &Element) -> Result<String, Fault> {
    let ids = ["ibExecID", "transactionID", "tradeID"].map(|attribute| element.get(attribute));
    match ids.into_iter().find(|id| !id.is_empty()) {
        Some(id) => symbols::identifier("ibExecID", id),
        None => Err(Fault::new(
            "ibExecID",
            "missing-id",
            "the row has neither ibExecID, transactionID nor tradeID: add one of them to the Flex Query",
        )),
    }
}

fn is_cancellation(element: &Element) -> bool {
    element.get("buySell").contains("(Ca.)")
        || has_note(element, "Ca")
        || element.get("transactionType") == "TradeCancel"
}

fn has_note(element: &Element, code: &str) -> bool {
    element.get("notes").split([';', ',']).any(|note| note.trim() == code)
}

/// `dateTime`, else `tradeDate` and `tradeTime`.
fn time_text(element: &Element) -> String {
    match element.get("dateTime") {
        "" => format!("{};{}", element.get("tradeDate"), element.get("tradeTime"))
            .trim_end_matches(';')
            .to_owned(),
        text => text.to_owned(),
    }
}

fn side(element: &Element, signed: Decimal) -> Result<Side, Fault> {
    let by_sign = if signed.is_negative() { Side::Sell } else { Side::Buy };
    let stated = match element.get("buySell") {
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

/// Positive when charged. A commission in another currency cannot be added to this trade's money.
fn commission(element: &Element, currency: &str) -> Result<Decimal, Fault> {
    let commission = -decimal_or_zero("ibCommission", element.get("ibCommission"), Point::Dot)?;
    let of = element.get("ibCommissionCurrency");
    if commission.is_zero() || of.is_empty() || of == currency {
        return Ok(commission);
    }
    let message =
        format!("the commission is in {of}, the trade in {currency}: dated rates are not supported yet");
    Err(Fault::new("ibCommissionCurrency", "foreign-commission", message))
}

fn asset_class(category: &str) -> (AssetClass, Decimal) {
    let hundred = Decimal::from(100);
    match category {
        "STK" | "FUND" => (AssetClass::Stock, Decimal::ONE),
        "OPT" => (AssetClass::Option, hundred),
        "FOP" | "WAR" | "IOPT" | "FSFOP" => (AssetClass::Option, Decimal::ONE),
        "FUT" => (AssetClass::Future, Decimal::ONE),
        "CASH" => (AssetClass::Forex, Decimal::ONE),
        "CRYPTO" => (AssetClass::Crypto, Decimal::ONE),
        "CFD" => (AssetClass::Cfd, Decimal::ONE),
        "BOND" | "BILL" => (AssetClass::Bond, Decimal::ONE),
        _ => (AssetClass::Unknown, Decimal::ONE),
    }
}
