//! A row of the section Trades.

use crate::{
    AssetClass, Cells, Charge, ChargeKind, Claims, MultiplierSource, ParsedFill, Stated,
    instruments::{derived_multiplier, identify},
    readers::ibkr::codes::{self, Codes},
    run::Out,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
};
use ledger::{Decimal, Side};

/// Reads an order; lots and totals repeat orders.
pub(super) fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    match row.get("datadiscriminator") {
        "Order" => {}
        other => {
            return Outcome::skip(
                "not-an-order",
                format!("{} repeats an order in another grouping", quoted(other)),
            );
        }
    }
    let account = row.get("account");
    if let Some(other) = out.other_account(account) {
        return Ok(other);
    }
    let codes = Codes::of(row.get("code"));
    if codes.has("Ca") {
        let message = "a cancelled order has no id here: import a Flex Query, which says what it cancels";
        return Err(Fault::new("code", "missing-original", message));
    }
    let moment = clock.read("date/time", row.get("date/time"))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let signed = row.decimal("quantity")?;
    let side = if signed.is_negative() { Side::Sell } else { Side::Buy };
    let currency = symbols::currency("currency", row.get("currency"), &out.options.currency)?;
    let price = row.decimal("t. price")?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, signed.abs(), price, currency);
    fill.account = Some(account).filter(|account| !account.is_empty()).map(str::to_owned);
    fill.effect = codes.effect();
    fill.cause = codes.cause();
    charge(row, &mut fill, out)?;
    multiply(row, &mut fill)?;
    if let Some(pnl) = row.optional("realized p/l")? {
        Stated::add(&mut out.stated.net_pnl, &fill.currency, pnl);
        fill.claims = Some(Box::new(Claims { pnl: Some(pnl), pnl_is_net: true, ..Claims::default() }));
    }
    out.fill(fill)?;
    Ok(Outcome::Read)
}

/// `Comm/Fee` in the row's currency, or `Comm in USD` in another.
fn charge(row: Cells<'_>, fill: &mut ParsedFill, out: &mut Out<'_>) -> Result<(), Fault> {
    let commission = -row.decimal_or_zero("comm/fee")?;
    fill.commission = commission;
    if row.header.index("comm/fee").is_some() {
        Stated::add(&mut out.stated.commissions, &fill.currency, commission);
        return Ok(());
    }
    let Some(column) = row.header.starting_with("comm in ") else { return Ok(()) };
    let amount = -crate::numbers::decimal_or_zero("comm in", row.get(column), row.point)?;
    let currency = column.trim_start_matches("comm in ").to_uppercase();
    Stated::add(&mut out.stated.commissions, &currency, amount);
    if currency == fill.currency || amount.is_zero() {
        fill.commission = amount;
    } else {
        fill.foreign_charges.push(Charge { kind: ChargeKind::Commission, amount, currency });
    }
    Ok(())
}

/// What a point is worth: the proceeds tell for derivatives, where they are exact.
fn multiply(row: Cells<'_>, fill: &mut ParsedFill) -> Result<(), Fault> {
    let class = codes::asset_class(row.get("asset category"));
    let derived = match class {
        Some(AssetClass::Option | AssetClass::Future) => {
            row.optional("proceeds")?.and_then(|proceeds: Decimal| {
                derived_multiplier(proceeds.abs(), fill.price.abs(), fill.quantity)
            })
        }
        _ => None,
    };
    identify(fill, class, derived)?;
    if derived.is_some() {
        fill.multiplier_source = MultiplierSource::Derived;
    }
    Ok(())
}
