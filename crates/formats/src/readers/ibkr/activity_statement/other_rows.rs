//! Rows of the sections that hold no trades.

use crate::{
    Cells, ParsedCash, ParsedEvent, ParsedSplit, Severity, Stated, StatedPosition,
    readers::ibkr::{cash as kinds, splits, statement},
    run::Out,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
};

/// Dividends, taxes, interest, fees, deposits and withdrawals: the section's name says which.
pub(super) fn cash(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if let Some(other) = out.other_account(row.get("account")) {
        return Ok(other);
    }
    let amount = row.decimal("amount")?;
    let currency = symbols::currency("currency", row.get("currency"), &out.options.currency)?;
    let booked_at = clock.read("date", row.any(&["date", "settle date"]))?;
    let section = row.at(0);
    let description = row.get("description");
    let id = out.ids.id_of(&[section, &booked_at.text, description, &amount.to_string(), &currency]);
    out.event(ParsedEvent::Cash(ParsedCash {
        line: row.line,
        id,
        account: Some(row.get("account")).filter(|account| !account.is_empty()).map(str::to_owned),
        kind: kinds::kind(section, amount.is_negative()),
        amount,
        currency,
        symbol: statement::described_symbol(description),
        execution_id: None,
        booked_at,
        description: description.to_owned(),
    }));
    Ok(Outcome::Read)
}

/// The cash at the end, by currency.
pub(super) fn balance(row: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let currency = row.get("currency");
    if row.get("currency summary") != "Ending Cash" || currency == "Base Currency Summary" {
        return Outcome::skip("other-figure", "only the ending cash of each currency is compared");
    }
    let amount = row.decimal("total")?;
    Stated::add(&mut out.stated.balances, &symbols::currency("currency", currency, "")?, amount);
    Ok(Outcome::Read)
}

/// A position that is open at the end.
pub(super) fn position(row: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if row.get("datadiscriminator") != "Summary" {
        return Outcome::skip("not-a-position", "repeats a position in parts");
    }
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let quantity = row.decimal("quantity")?;
    out.stated.positions.push(StatedPosition { symbol, quantity });
    Ok(Outcome::Read)
}

/// A split; whatever else companies do is named and skipped.
pub(super) fn corporate_action(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let description = row.get("description");
    let (Some(symbol), Some(ratio)) = (statement::described_symbol(description), splits::ratio(description))
    else {
        let message = format!("{} is not applied: correct the position by hand", quoted(description));
        out.remark(Severity::Warning, "corporate-action", message);
        return Outcome::skip("corporate-action", "only splits are applied");
    };
    let effective_at = clock.read("date/time", row.any(&["date/time", "report date"]))?;
    let id = out.ids.id_of(&["split", &effective_at.text, &symbol, description]);
    out.event(ParsedEvent::Split(ParsedSplit {
        line: row.line,
        id,
        account: None,
        symbol,
        ratio,
        effective_at,
        description: description.to_owned(),
    }));
    Ok(Outcome::Read)
}
