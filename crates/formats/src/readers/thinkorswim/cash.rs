//! Cash Balance, Futures Statements and Forex Statements: trades in words with their fees, and all other movements of cash.

use super::{Section, description, join::Statement};
use crate::{
    AssetClass, CashKind, Cells, Charge, ChargeKind, Moment, OptionEventKind, ParsedFill, Severity,
    instruments,
    numbers::thirty_seconds,
    readers::history::{self, Booking},
    run::Out,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
};
use ledger::Decimal;

/// Reads a row of a cash section.
pub(super) fn read(
    section: Section,
    row: Cells<'_>,
    clock: &Clock,
    statement: &mut Statement,
    out: &mut Out<'_>,
) -> Result<Outcome, Fault> {
    let kind = row.get("type").to_ascii_uppercase();
    if kind.is_empty() && row.get("description").eq_ignore_ascii_case("total") {
        if let Some(balance) = row.optional("balance")?.filter(|_| section == Section::Cash) {
            out.stated.balances.insert("USD".to_owned(), balance);
        }
        return Outcome::skip("totals", "the sum of the section");
    }
    if kind == "BAL" {
        return Outcome::skip("balance", "the balance at the start of a day");
    }
    let moment = moment(section, row, clock)?;
    let reference = row.get("ref #").trim_matches(['=', '"', ' ']);
    match kind.as_str() {
        "TRD" => trade(section, row, moment, reference, statement, out),
        "RAD" | "EXP" if ends(row).is_some() => end(row, moment, reference, out),
        _ => {
            let (description, amount) = (row.get("description"), row.decimal("amount")?);
            let booking = Booking { line: row.line, id: "", account: "", symbol: "", description, moment };
            booking.cash(cash_kind(&kind, description, amount), amount, "USD", out)
        }
    }
}

fn moment(section: Section, row: Cells<'_>, clock: &Clock) -> Result<Moment, Fault> {
    let (day, time) = match section {
        Section::Futures => (row.any(&["exec date", "trade date"]), row.get("exec time")),
        Section::Cash | Section::Forex | Section::Trades | Section::Orders => {
            (row.get("date"), row.get("time"))
        }
    };
    clock.read("time", &format!("{day} {time}"))
}

fn trade(
    section: Section,
    row: Cells<'_>,
    moment: Moment,
    reference: &str,
    statement: &mut Statement,
    out: &mut Out<'_>,
) -> Result<Outcome, Fault> {
    let words = row.get("description");
    let refused = || {
        let message = format!("{} is not a trade such as BOT +14 KOD @35.22", quoted(words));
        Fault::new("description", "bad-description", message)
    };
    let trade = description::trade(words).ok_or_else(refused)?;
    let price = thirty_seconds(&trade.price, row.point).ok_or_else(refused)?;
    let symbol = symbols::clean("description", &trade.symbol)?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, trade.side, trade.quantity, price, "USD");
    if !fill.quantity.is_positive() {
        return Err(refused());
    }
    if trade.is_spread {
        fill.asset_class = AssetClass::Option;
        fill.multiplier = trade.multiplier.unwrap_or(Decimal::from(100));
        fill.multiplier_source = crate::MultiplierSource::Stated;
    } else {
        instruments::identify(&mut fill, None, trade.multiplier)?;
    }
    charge(section, row, &mut fill, &trade.underlying)?;
    if section == Section::Cash
        && let Some(amount) = row.optional("amount")?
    {
        // The amount stands beside the fees and does not hold them, or it holds them all.
        check(&fill, amount, out);
    }
    statement.booked(trade.underlying, reference, trade.is_spread, fill);
    Ok(Outcome::Read)
}

/// Negative: charged. Forex fees are in dollars, whatever the pair is quoted in.
fn charge(section: Section, row: Cells<'_>, fill: &mut ParsedFill, symbol: &str) -> Result<(), Fault> {
    let commission = -row.decimal_or_zero("commissions & fees")?;
    let fees = -row.decimal_or_zero("misc fees")?;
    if section == Section::Forex
        && let Some((_, quote)) = instruments::pair(symbol)
        && quote != "USD"
    {
        fill.currency = quote;
        if !commission.is_zero() {
            let charge =
                Charge { kind: ChargeKind::Commission, amount: commission, currency: "USD".to_owned() };
            fill.foreign_charges.push(charge);
        }
        return Ok(());
    }
    (fill.commission, fill.fees) = (commission, fees);
    Ok(())
}

fn check(fill: &ParsedFill, amount: Decimal, out: &mut Out<'_>) {
    let Some(charged) = history::charged(fill, amount) else { return };
    let all = fill.commission.checked_add(fill.fees);
    if !charged.is_zero() && all != Some(charged) {
        let message = format!(
            "the amount of {amount} differs from quantity x price x {} by {charged}",
            fill.multiplier
        );
        out.remark(Severity::Warning, "amount-mismatch", message);
    }
}

fn ends(row: Cells<'_>) -> Option<OptionEventKind> {
    let text = row.get("description").to_ascii_lowercase();
    [
        ("expir", OptionEventKind::Expiry),
        ("assign", OptionEventKind::Assignment),
        ("exercise", OptionEventKind::Exercise),
    ]
    .into_iter()
    .find(|(word, _)| text.contains(word))
    .map(|(_, kind)| kind)
}

/// `REMOVAL OF OPTION DUE TO EXPIRATION -1.0 SPY 100 19 JUN 26 200 CALL`, or with a symbol such as `.SPY260619C200`.
fn end(row: Cells<'_>, moment: Moment, reference: &str, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let description = row.get("description");
    let words: Vec<&str> = description.split_whitespace().collect();
    let written =
        words.iter().position(|word| word.starts_with('.') && instruments::thinkorswim(word).is_some());
    let found = written
        .and_then(|at| Some(((*words.get(at)?).to_owned(), at)))
        .or_else(|| description::contract(&words));
    let quantity = found.as_ref().and_then(|(_, at)| description::number(words.get(at.checked_sub(1)?)?));
    let (Some(kind), Some((symbol, _)), Some(quantity)) = (ends(row), found, quantity) else {
        let message = format!(
            "{} does not name a number of contracts and an option such as 1 SPY 100 19 JUN 26 200 CALL",
            quoted(description)
        );
        return Err(Fault::new("description", "bad-description", message));
    };
    let booking = Booking {
        line: row.line,
        id: reference,
        account: "",
        symbol: &symbol,
        description,
        moment: moment.clone(),
    };
    booking.option_end(kind, quantity, true, out)?;
    if let Some(amount) = row.optional("amount")?.filter(|amount| !amount.is_zero()) {
        let booking = Booking { line: row.line, id: "", account: "", symbol: &symbol, description, moment };
        return booking.cash(CashKind::Settlement, amount, "USD", out);
    }
    Ok(Outcome::Read)
}

fn cash_kind(kind: &str, description: &str, amount: Decimal) -> CashKind {
    history::cash_kind(description, amount).unwrap_or(match kind {
        "EFN" | "WIT" | "DEP" | "CSD" | "CRC" if amount.is_negative() => CashKind::Withdrawal,
        "EFN" | "WIT" | "DEP" | "CSD" | "CRC" => CashKind::Deposit,
        "JRN" => CashKind::Transfer,
        "DOI" => CashKind::Dividend,
        _ => CashKind::Other,
    })
}
