//! One transaction.

use crate::{
    Cells, Charge, ChargeKind, Claims, ParsedCash, ParsedEvent, ParsedFill,
    instruments::identify,
    readers::ibkr::cash as kinds,
    run::Out,
    sides, symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
};
use ledger::{Decimal, Fraction, Side};

/// Reads a transaction; `base` is the account's currency.
pub(super) fn read(row: Cells<'_>, clock: &Clock, base: &str, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let account = row.get("account");
    if let Some(other) = out.other_account(account) {
        return Ok(other);
    }
    let account = Some(account).filter(|account| !account.is_empty()).map(str::to_owned);
    match row.get("transaction type") {
        "Buy" => trade(row, clock, Side::Buy, account, base, out),
        "Sell" => trade(row, clock, Side::Sell, account, base, out),
        "Forex Trade Component" => {
            Outcome::skip("currency-conversion", "a conversion between currencies is no trade")
        }
        "Adjustment" if row.get("description").starts_with("FX Translation") => {
            Outcome::skip("translation", "a gain by translation is no movement of cash")
        }
        kind => cash(row, clock, kind, account, base, out),
    }
}

fn trade(
    row: Cells<'_>,
    clock: &Clock,
    side: Side,
    account: Option<String>,
    base: &str,
    out: &mut Out<'_>,
) -> Result<Outcome, Fault> {
    let moment = clock.read("date", row.get("date"))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let quantity = sides::quantity("quantity", row.decimal("quantity")?, side)?;
    let price = row.decimal("price")?;
    let stated = Some(row.get("price currency")).filter(|cell| !crate::numbers::is_null(cell));
    let currency = symbols::currency("price currency", stated.unwrap_or_default(), base)?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, currency);
    fill.account = account;
    identify(&mut fill, None, None)?;
    let gross = row.decimal("gross amount")?.abs();
    let ours = price.checked_mul(quantity).and_then(|value| value.checked_mul(fill.multiplier));
    if stated.is_none() && ours != Some(gross) {
        let message = format!(
            "{} is not price x quantity: the price is in another currency, export the column Price Currency, too",
            quoted(row.get("gross amount"))
        );
        return Err(Fault::new("gross amount", "unknown-currency", message));
    }
    let commission = -row.decimal_or_zero("commission")?;
    if fill.currency == base {
        fill.commission = commission;
    } else {
        let implied_rate = ours.and_then(|ours: Decimal| Fraction::new(gross, ours));
        fill.claims = Some(Box::new(Claims { implied_rate, ..Claims::default() }));
        let charge = Charge { kind: ChargeKind::Commission, amount: commission, currency: base.to_owned() };
        fill.foreign_charges.extend(Some(charge).filter(|charge| !charge.amount.is_zero()));
    }
    crate::Stated::add(&mut out.stated.commissions, base, commission);
    out.fill(fill)?;
    Ok(Outcome::Read)
}

fn cash(
    row: Cells<'_>,
    clock: &Clock,
    kind: &str,
    account: Option<String>,
    base: &str,
    out: &mut Out<'_>,
) -> Result<Outcome, Fault> {
    let amount = row.decimal("net amount")?;
    let booked_at = clock.read("date", row.get("date"))?;
    let description = row.get("description");
    let id = out.ids.id_of(&["cash", &booked_at.text, kind, description, &amount.to_string(), base]);
    out.event(ParsedEvent::Cash(ParsedCash {
        line: row.line,
        id,
        account,
        kind: kinds::kind(kind, amount.is_negative()),
        amount,
        currency: base.to_owned(),
        symbol: Some(row.get("symbol")).filter(|symbol| !crate::numbers::is_null(symbol)).map(str::to_owned),
        execution_id: None,
        booked_at,
        description: description.to_owned(),
    }));
    Ok(Outcome::Read)
}
