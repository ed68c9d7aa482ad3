//! Account histories: trades among dividends, interest, transfers and ends of options.

use crate::{
    CashKind, Moment, OptionEventKind, ParsedCash, ParsedEvent, ParsedFill, ParsedOptionEvent, ParsedSplit,
    Severity,
    instruments::option,
    numbers::{self, Point},
    run::Out,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
};
use ledger::{Decimal, Fraction, Side};

/// Longer descriptions are cut off.
const DESCRIPTION: usize = 200;
/// Words for movements of cash; the first that a row's text holds decides. Deposits are told from withdrawals by the sign.
const WORDS: [(CashKind, &[&str]); 7] = [
    (CashKind::Tax, &["tax", "withh", "nra adj"]),
    (CashKind::Interest, &["interest"]),
    (CashKind::Fee, &["fee", "subscription"]),
    (
        CashKind::Dividend,
        &["dividend", "qual div", "div reinvest", "cash div", "non-qualified div", "cap gain"],
    ),
    (CashKind::Reward, &["promo", "bonus", "reward", "award"]),
    (
        CashKind::Deposit,
        &[
            "deposit",
            "withdraw",
            "disbursement",
            "wire",
            "moneylink",
            "funds",
            "funding",
            "ach",
            "direct debit",
            "check",
        ],
    ),
    (CashKind::Transfer, &["journal", "transfer", "tfr"]),
];

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

/// What money moved for, by the broker's words.
pub(super) fn cash_kind(text: &str, amount: Decimal) -> Option<CashKind> {
    let text = text.to_ascii_lowercase();
    let (kind, _) = WORDS.iter().find(|(_, words)| words.iter().any(|word| text.contains(word)))?;
    Some(if *kind == CashKind::Deposit && amount.is_negative() { CashKind::Withdrawal } else { *kind })
}

/// `08/11/2025 as of 08/08/2025`: what counts is the second day.
pub(super) fn effective(clock: &Clock, column: &'static str, text: &str) -> Result<Moment, Fault> {
    let day = text.split_once(" as of ").map_or(text, |(_, day)| day);
    Ok(Moment { text: text.to_owned(), ..clock.read(column, day)? })
}

/// What an amount of cash leaves beyond quantity x price x multiplier; positive: charged. `amount` is negative when paid.
pub(super) fn charged(fill: &ParsedFill, amount: Decimal) -> Option<Decimal> {
    let notional = fill.quantity.checked_mul(fill.price)?.checked_mul(fill.multiplier)?;
    (if fill.side == Side::Sell { notional } else { -notional }).checked_sub(amount)
}

/// Warns when the amount is not what quantity, price, multiplier and charges come to, but for rounding.
pub(super) fn check_amount(fill: &ParsedFill, amount: Decimal, out: &mut Out<'_>) {
    let stated = fill.commission.checked_add(fill.fees).and_then(|sum| sum.checked_add(fill.taxes));
    let difference = charged(fill, amount).zip(stated).and_then(|(ours, stated)| ours.checked_sub(stated));
    let Some(difference) = difference else { return };
    // A cent, and prices that were rounded to four decimals.
    let rounding =
        fill.quantity.checked_mul(fill.multiplier).and_then(|units| units.checked_mul(scaled(5, 5)));
    let allowed = rounding.and_then(|rounding| rounding.checked_add(scaled(1, 2)));
    if allowed.is_some_and(|allowed| difference.abs() > allowed) {
        let message = format!(
            "the file states an amount of {amount}; quantity, price, multiplier {} and charges differ from it by {difference}",
            fill.multiplier
        );
        out.remark(Severity::Warning, "amount-mismatch", message);
    }
}

fn scaled(mantissa: i128, scale: u32) -> Decimal {
    Decimal::from_scaled(mantissa, scale).unwrap_or(Decimal::ZERO)
}

/// New units for one old unit: `4:1`, `4-for-1`, `4 FOR 1`, `1 for 10`.
pub(super) fn ratio(text: &str) -> Option<Fraction> {
    let text = text.to_ascii_lowercase().replace("-for-", " for ").replace(':', " for ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &&str| {
        let number = numbers::decimal("description", word.trim_matches(['(', ')', ',']), Point::Dot).ok();
        number.filter(Decimal::is_positive)
    };
    let at = words
        .windows(3)
        .find(|three| three.get(1) == Some(&"for") && three.iter().step_by(2).all(|w| number(w).is_some()))?;
    Fraction::new(number(&at.first()?)?, number(&at.get(2)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_new_units_for_old_ones() {
        for (text, expected) in [
            ("SPLIT 4 FOR 1", "4"),
            ("1-for-10 reverse split", "0.1"),
            ("3:2 split", "1.5"),
            ("shares (20:1)", "20"),
        ] {
            assert_eq!(ratio(text).map(|ratio| ratio.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "STOCK SPLIT", "for 1", "0 for 1", "IN EXCHANGE FOR CASH"] {
            assert_eq!(ratio(text), None, "{text}");
        }
    }

    #[test]
    fn the_brokers_words_tell_what_money_moved_for() {
        let number = |text| Decimal::from_str_exact(text).unwrap();
        for (text, amount, expected) in [
            ("Credit Interest", "1", Some(CashKind::Interest)),
            ("Qual Div Reinvest", "1", Some(CashKind::Dividend)),
            ("MoneyLink Transfer", "1", Some(CashKind::Deposit)),
            ("MoneyLink Transfer", "-1", Some(CashKind::Withdrawal)),
            ("NRA Withholding", "-1", Some(CashKind::Tax)),
            ("Journal", "1", Some(CashKind::Transfer)),
            ("Whatever", "1", None),
        ] {
            assert_eq!(cash_kind(text, number(amount)), expected, "{text}");
        }
    }
}
