//! Account histories: trades among dividends, interest, transfers and ends of options.

mod amounts;
mod cash;
mod ratio;

use crate::{
    CashKind, Moment, OptionEventKind, ParsedCash, ParsedEvent, ParsedOptionEvent, ParsedSplit, Severity,
    instruments::option,
    run::Out,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
};
use ledger::Decimal;
use ratio::ratio;

pub(super) use amounts::{charged, check_amount};
pub(super) use cash::cash_kind;

/// Longer descriptions are cut off.
const DESCRIPTION: usize = 200;
/// A row that is no trade.
#[derive(Clone)]
pub(super) struct Booking<'r> {
    pub line: u64,
    /// The broker's id; empty where it gives none.
    pub id: &'r str,
    pub account: &'r str,
    /// May be empty.
    pub symbol: &'r str,
    pub description: &'r str,
    pub moment: Moment,
}

impl Booking<'_> {
    /// Hands out a movement of cash; a row without money is skipped.
    pub fn cash(
        self,
        kind: CashKind,
        amount: Decimal,
        currency: &str,
        out: &mut Out<'_>,
    ) -> Result<Outcome, Fault> {
        if amount.is_zero() {
            return Outcome::skip("no-amount", "no money moved");
        }
        let symbol = if self.symbol.is_empty() { None } else { Some(symbols::clean("symbol", self.symbol)?) };
        let id = self.id_among(&[kind.as_text(), &amount.to_string(), currency], out);
        out.event(ParsedEvent::Cash(ParsedCash {
            line: self.line,
            id,
            account: present(self.account),
            kind,
            amount,
            currency: currency.to_owned(),
            symbol,
            execution_id: None,
            description: short(self.description),
            booked_at: self.moment,
        }));
        Ok(Outcome::Read)
    }

    /// Hands out the end of an option. The sign of the quantity says nothing here: the position tells whether it was long.
    pub fn option_end(
        self,
        kind: OptionEventKind,
        quantity: Decimal,
        underlying_is_separate: bool,
        out: &mut Out<'_>,
    ) -> Result<Outcome, Fault> {
        let symbol = symbols::clean("symbol", self.symbol)?;
        if quantity.is_zero() {
            return Err(Fault::new(
                "quantity",
                "zero-quantity",
                "the end of an option needs its number of contracts",
            ));
        }
        let id = self.id_among(&[&format!("{kind:?}"), &quantity.to_string()], out);
        out.event(ParsedEvent::Option(ParsedOptionEvent {
            line: self.line,
            id,
            account: present(self.account),
            kind,
            option: option(&symbol),
            symbol,
            quantity: quantity.abs(),
            underlying_is_separate,
            happened_at: self.moment,
        }));
        Ok(Outcome::Read)
    }

    /// Hands out a split when the description tells its ratio; else the row is skipped with a warning: units alone do not tell it.
    pub fn split(self, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let symbol = symbols::clean("symbol", self.symbol)?;
        let Some(ratio) = ratio(self.description) else {
            let message =
                format!("{symbol} was split and the file does not say how: enter the ratio by hand");
            out.remark(Severity::Warning, "split-without-ratio", message);
            return Outcome::skip("split-without-ratio", "a split without its ratio");
        };
        let id = self.id_among(&["split"], out);
        out.event(ParsedEvent::Split(ParsedSplit {
            line: self.line,
            id,
            account: present(self.account),
            symbol,
            ratio,
            description: short(self.description),
            effective_at: self.moment,
        }));
        Ok(Outcome::Read)
    }

    /// Skips units that came or went without a trade: what they cost stands nowhere in the file.
    pub fn moved_units(self, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let message = format!(
            "{} units moved without a trade ({}): enter the opening lot or the removal by hand",
            self.symbol,
            quoted(self.description)
        );
        out.remark(Severity::Warning, "units-without-trade", message);
        Outcome::skip("units-without-trade", "units moved without a trade")
    }

    fn id_among(&self, fields: &[&str], out: &mut Out<'_>) -> String {
        if !self.id.is_empty() {
            return self.id.to_owned();
        }
        let own = [self.moment.text.as_str(), self.symbol, self.description];
        out.ids.id_of(&[&own, fields].concat())
    }
}

/// A cell, unless it is empty.
pub(super) fn present(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn short(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(DESCRIPTION).collect()
}

/// `08/11/2025 as of 08/08/2025`: what counts is the second day.
pub(super) fn effective(clock: &Clock, column: &'static str, text: &str) -> Result<Moment, Fault> {
    let day = text.split_once(" as of ").map_or(text, |(_, day)| day);
    Ok(Moment { text: text.to_owned(), ..clock.read(column, day)? })
}
