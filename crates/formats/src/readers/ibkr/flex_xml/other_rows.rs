//! Rows that are no trades: positions, cash, corporate actions.

use crate::{
    ParsedCash, ParsedEvent, ParsedSplit, Severity, StatedPosition,
    numbers::{Point, decimal},
    readers::ibkr::{cash, splits},
    run::Out,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
    xml::Element,
};

/// A position that is open at the end.
pub(super) fn position(row: &Element, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let level = row.get("levelOfDetail");
    if !(level.is_empty() || level == "SUMMARY") {
        return Outcome::skip("not-a-position", format!("{} repeats a position in parts", quoted(level)));
    }
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let quantity = decimal("position", row.get("position"), Point::Dot)?;
    out.stated.positions.push(StatedPosition { symbol, quantity });
    Ok(Outcome::Read)
}

/// A movement of cash.
pub(super) fn cash(row: &Element, clock: &Clock, account: &str, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let level = row.get("levelOfDetail");
    if level == "SUMMARY" {
        return Outcome::skip("not-a-movement", "SUMMARY repeats movements as sums");
    }
    let amount = decimal("amount", row.get("amount"), Point::Dot)?;
    let currency = symbols::currency("currency", row.get("currency"), &out.options.currency)?;
    let booked_at = clock.read("dateTime", row.any(&["dateTime", "settleDate", "reportDate"]))?;
    let kind = cash::kind(row.get("type"), amount.is_negative());
    let description = row.any(&["description", "type"]).to_owned();
    let id = match row.get("transactionID") {
        "" => out.ids.id_of(&[
            "cash",
            &booked_at.text,
            row.get("type"),
            &description,
            &amount.to_string(),
            &currency,
        ]),
        id => symbols::identifier("transactionID", id)?,
    };
    out.event(ParsedEvent::Cash(ParsedCash {
        line: row.line,
        id,
        account: Some(account.to_owned()).filter(|account| !account.is_empty()),
        kind,
        amount,
        currency,
        symbol: Some(row.get("symbol").to_owned()).filter(|symbol| !symbol.is_empty()),
        execution_id: None,
        booked_at,
        description,
    }));
    Ok(Outcome::Read)
}

/// A split; whatever else companies do is named and skipped.
pub(super) fn corporate_action(
    row: &Element,
    clock: &Clock,
    account: &str,
    out: &mut Out<'_>,
) -> Result<Outcome, Fault> {
    let description = row.any(&["actionDescription", "description"]);
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let Some(ratio) = splits::ratio(description) else {
        out.remark(
            Severity::Warning,
            "corporate-action",
            format!("{} of {symbol} is not applied: correct the position by hand", quoted(description)),
        );
        return Outcome::skip("corporate-action", "only splits are applied");
    };
    // A reverse split takes the old units out under another symbol, and brings the new ones.
    if symbol.strip_suffix(".OLD").is_some() {
        return Outcome::skip("repeats-a-split", "the row of the new symbol tells the split");
    }
    let effective_at = clock.read("dateTime", row.any(&["dateTime", "reportDate"]))?;
    let id = match row.get("transactionID") {
        "" => out.ids.id_of(&["split", &effective_at.text, &symbol, description]),
        id => symbols::identifier("transactionID", id)?,
    };
    out.event(ParsedEvent::Split(ParsedSplit {
        line: row.line,
        id,
        account: Some(account.to_owned()).filter(|account| !account.is_empty()),
        symbol,
        ratio,
        effective_at,
        description: description.to_owned(),
    }));
    Ok(Outcome::Read)
}
