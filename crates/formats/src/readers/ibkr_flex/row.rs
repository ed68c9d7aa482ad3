//! One `<Trade>` element.

use crate::{
    AssetClass, Cause, ParsedFill, instruments,
    numbers::{Point, decimal, decimal_or_zero, optional},
    symbols,
    tally::{Fault, quoted},
    times::Clock,
    xml::Element,
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
pub(super) fn read(element: &Element, clock: &Clock, account_currency: &str) -> Result<Reading, Fault> {
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
    let moment = clock.read("dateTime", &time_text)?;
    let class = asset_class(element.get("assetCategory"));
    let multiplier = optional("multiplier", element.get("multiplier"), Point::Dot)?;
    let currency = symbols::currency("currency", element.get("currency"), account_currency)?;
    let mut fill =
        ParsedFill::new(element.line, moment, symbol, side(element, signed)?, signed.abs(), price, currency);
    fill.execution_id = execution_id;
    fill.account = Some(element.get("accountId").to_owned()).filter(|account| !account.is_empty());
    fill.commission = commission(element, &fill.currency)?;
    fill.taxes = -decimal_or_zero("taxes", element.get("taxes"), Point::Dot)?;
    fill.cause = cause(element);
    instruments::identify(&mut fill, class, multiplier)?;
    let realized = optional("fifoPnlRealized", element.get("fifoPnlRealized"), Point::Dot)?;
    let corrects =
        original.filter(|_| has_note(element, "Co") || element.get("transactionType") == "TradeCorrect");
    let trade_id = element.get("tradeID").to_owned();
    Ok(Reading::Execution(Box::new(Execution { fill, realized, trade_id, corrects })))
}

fn cause(element: &Element) -> Cause {
    if has_note(element, "A") {
        Cause::Assignment
    } else if has_note(element, "Ex") {
        Cause::Exercise
    } else if has_note(element, "Ep") {
        Cause::Expiry
    } else {
        Cause::Trade
    }
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

fn asset_class(category: &str) -> Option<AssetClass> {
    Some(match category {
        "STK" | "FUND" => AssetClass::Stock,
        "OPT" | "FOP" | "WAR" | "IOPT" | "FSFOP" => AssetClass::Option,
        "FUT" => AssetClass::Future,
        "CASH" => AssetClass::Forex,
        "CRYPTO" => AssetClass::Crypto,
        "CFD" => AssetClass::Cfd,
        "BOND" | "BILL" => AssetClass::Bond,
        "" => return None,
        _ => AssetClass::Unknown,
    })
}
