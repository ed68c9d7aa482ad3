//! One row of Bybit's account log.

use super::legs::{Leg, Legs};
use crate::{
    AssetClass, CashKind, Cause, Cells, Moment, ParsedCash, ParsedEvent, ParsedFill, numbers,
    readers::{bybit, coins},
    run::Out,
    sides, symbols,
    tally::{Fault, Outcome},
};
use ledger::Decimal;

pub(super) fn read(row: Cells<'_>, legs: &mut Legs, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if let Some(other) = out.other_account(row.get("uid")) {
        return Ok(other);
    }
    let time = row.header.starting_with(super::TIME).unwrap_or_default();
    let moment = bybit::clock(row.header, super::TIME).read(super::TIME, row.get(time))?;
    let kind = row.required("type")?.to_ascii_uppercase();
    let cause = match kind.as_str() {
        "TRADE" => Cause::Trade,
        "LIQUIDATION" | "ADL" | "BUST_TRADE" => Cause::Liquidation,
        "DELIVERY" if row.get("quantity") != "--" => Cause::Expiry,
        _ => {
            let event = cash(&kind, row, moment, out)?;
            out.event(ParsedEvent::Cash(event));
            return Ok(Outcome::Read);
        }
    };
    if is_spot(row)? {
        return legs.take(leg(row, moment)?, out);
    }
    let mut fill = derivative(row, moment)?;
    fill.cause = cause;
    out.fill(fill)?;
    Ok(Outcome::Read)
}

/// A row of the spot market moves what was traded: its cash flow is its quantity. One of a contract says that it opens or closes.
fn is_spot(row: Cells<'_>) -> Result<bool, Fault> {
    if matches!(row.get("action").to_ascii_uppercase().as_str(), "OPEN" | "CLOSE") {
        return Ok(false);
    }
    let (quantity, flow) = (row.decimal("quantity")?, row.decimal_or_zero("cash flow")?);
    Ok(quantity == flow)
}

fn account(row: Cells<'_>) -> Option<String> {
    Some(row.get("uid").to_owned()).filter(|uid| !uid.is_empty())
}

fn native_id(row: Cells<'_>, column: &'static str) -> Result<Option<String>, Fault> {
    let id = row.get(column);
    (!numbers::is_null(id)).then(|| symbols::identifier(column, id)).transpose()
}

/// Positive: charged. The log writes charges negative; what the change of the balance shows goes before that.
fn charged(row: Cells<'_>) -> Result<Decimal, Fault> {
    let fee = row.decimal_or_zero("fee paid")?;
    let Some(change) = row.optional("change")? else { return Ok(-fee) };
    let flow = coins::add("cash flow", row.decimal_or_zero("cash flow")?, row.decimal_or_zero("funding")?)?;
    let positive_is_charge = change == coins::add("fee paid", flow, -fee)?;
    Ok(if positive_is_charge { fee } else { -fee })
}

fn derivative(row: Cells<'_>, moment: Moment) -> Result<ParsedFill, Fault> {
    let contract = symbols::clean("contract", row.get("contract"))?;
    bybit::linear_quote("contract", &contract)?;
    let (side, effect) = bybit::side("direction", row.get("direction"))?;
    let currency = coins::code("currency", row.get("currency"))?;
    let quantity = sides::quantity("quantity", row.decimal("quantity")?, side)?;
    let mut fill =
        ParsedFill::new(row.line, moment, contract, side, quantity, row.decimal("filled price")?, currency);
    fill.asset_class = AssetClass::Future;
    fill.effect = effect;
    fill.account = account(row);
    fill.order_id = native_id(row, "orderid")?;
    fill.execution_id = native_id(row, "tradeid")?.unwrap_or_default();
    fill.commission = charged(row)?;
    Ok(fill)
}

fn leg(row: Cells<'_>, moment: Moment) -> Result<Leg, Fault> {
    let contract = symbols::clean("contract", row.get("contract"))?;
    let (base, quote) = coins::base_and_quote("contract", &contract)?;
    let (side, _) = bybit::side("direction", row.get("direction"))?;
    let currency = coins::code("currency", row.get("currency"))?;
    let price = row.decimal("filled price")?;
    let mut fill = ParsedFill::new(row.line, moment, contract, side, Decimal::ZERO, price, quote);
    fill.asset_class = AssetClass::Crypto;
    fill.account = account(row);
    fill.order_id = native_id(row, "orderid")?;
    fill.execution_id = native_id(row, "tradeid")?.unwrap_or_default();
    if currency == base {
        fill.quantity = sides::quantity("quantity", row.decimal("quantity")?, side)?;
    }
    coins::charge(&mut fill, charged(row)?, &currency)?;
    Ok(Leg { is_base: currency == base, fill })
}

fn cash(kind: &str, row: Cells<'_>, booked_at: Moment, out: &mut Out<'_>) -> Result<ParsedCash, Fault> {
    let amount = row.decimal("change")?;
    let currency = coins::code("currency", row.get("currency"))?;
    let contract = Some(row.get("contract")).filter(|contract| !numbers::is_null(contract));
    let symbol = contract.map(|contract| symbols::clean("contract", contract)).transpose()?;
    let id = native_id(row, "tradeid")?.unwrap_or_else(|| {
        let fields = [&amount.to_string(), row.get("wallet balance"), row.get("contract")];
        out.ids.id_of(&[&[booked_at.text.as_str(), kind, &currency][..], &fields].concat())
    });
    Ok(ParsedCash {
        line: row.line,
        id,
        account: account(row),
        kind: kind_of(kind),
        amount,
        currency,
        symbol,
        execution_id: None,
        booked_at,
        description: row.get("type").to_owned(),
    })
}

fn kind_of(kind: &str) -> CashKind {
    const WORDS: [(&str, CashKind); 10] = [
        ("SETTLEMENT", CashKind::Funding),
        ("FUNDING", CashKind::Funding),
        ("TRANSFER", CashKind::Transfer),
        ("DELIVERY", CashKind::Settlement),
        ("INTEREST", CashKind::Interest),
        ("FEE", CashKind::Fee),
        ("AIRDROP", CashKind::Reward),
        ("BONUS", CashKind::Reward),
        ("REWARD", CashKind::Reward),
        ("DEPOSIT", CashKind::Deposit),
    ];
    WORDS.into_iter().find(|(word, _)| kind.contains(word)).map_or(CashKind::Other, |(_, kind)| kind)
}
