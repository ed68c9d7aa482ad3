//! The rows of a Flex Query, by the section that they stand in.

use super::{held::Held, other_rows};
use crate::{
    ParseError, Run, Stated,
    readers::ibkr::flex_trade::{self, Realized},
    run::Out,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
    xml::Element,
};
use ledger::Decimal;
use std::collections::BTreeMap;

/// What all rows share.
pub(super) struct Rows {
    clock: Clock,
    /// The account of the statement, for rows that name none.
    account: String,
    /// Realised P&L by currency, as long as every execution states it.
    realized: Option<BTreeMap<String, Decimal>>,
}

impl Rows {
    pub fn new(run: &mut Run<'_>) -> Result<Self, ParseError> {
        let clock = run.out.clock("America/New_York", DateRule::YearFirst)?;
        Ok(Self { clock, account: String::new(), realized: Some(BTreeMap::new()) })
    }

    /// An element above the rows: the statement names its account, and its dates are evidence; a section tells the account's currency.
    pub fn enter(&mut self, element: &Element, held: &mut Held, run: &mut Run<'_>) {
        match element.name() {
            "FlexStatement" => {
                element.get("accountId").clone_into(&mut self.account);
                held.see(element);
            }
            "AccountInformation" => self.base(element, run),
            _ => {}
        }
    }

    fn base(&self, element: &Element, run: &mut Run<'_>) {
        let wanted = run.out.options.source_account.as_ref().is_none_or(|wanted| *wanted == self.account);
        let told = symbols::currency("currency", element.get("currency"), "").ok();
        if let Some(told) = told.filter(|_| wanted) {
            run.out.stated.base_currency = Some(told);
        }
    }

    /// Reads what waited, in its order.
    pub fn release(&mut self, held: &mut Held, run: &mut Run<'_>) -> Result<(), ParseError> {
        let (rule, rows) = held.release();
        self.clock = self.clock.with_dates(rule);
        rows.iter().try_for_each(|row| self.read(row, run))
    }

    /// Reads one row.
    pub fn read(&mut self, row: &Element, run: &mut Run<'_>) -> Result<(), ParseError> {
        run.row(row.line, |out| {
            let account = Some(row.get("accountId")).filter(|account| !account.is_empty());
            let account = account.unwrap_or(&self.account).to_owned();
            if let Some(other) = out.other_account(&account) {
                return Ok(other);
            }
            match (row.parent.as_str(), row.name()) {
                ("Trades", "Trade") | ("TradeConfirms", "TradeConfirm") => self.trade(row, &account, out),
                ("Trades" | "TradeConfirms", name) => repeats(row, name),
                ("OpenPositions", _) => other_rows::position(row, out),
                ("CashTransactions", _) => other_rows::cash(row, &self.clock, &account, out),
                ("CorporateActions", _) => other_rows::corporate_action(row, &self.clock, &account, out),
                ("OptionEAE", _) => {
                    Outcome::skip("repeats-a-trade", "assignments, exercises and expiries are read as trades")
                }
                (section, _) => Outcome::skip("other-section", format!("{} is not read", quoted(section))),
            }
        })
    }

    fn trade(&mut self, row: &Element, account: &str, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let level = row.get("levelOfDetail");
        if !(level.is_empty() || level == "EXECUTION") {
            return repeats(row, level);
        }
        let realized = flex_trade::read(row, &self.clock, account, out)?;
        match (realized, &mut self.realized) {
            (Realized::Stated(currency, amount), Some(sums)) => Stated::add(sums, &currency, amount),
            (Realized::NotStated, sums) => *sums = None,
            (Realized::Stated(..), None) | (Realized::NoExecution, _) => {}
        }
        Ok(Outcome::Read)
    }

    /// The file's own figures, as far as they are whole.
    pub fn finish(self, run: &mut Run<'_>) {
        run.out.stated.net_pnl = self.realized.unwrap_or_default();
    }
}

fn repeats(row: &Element, what: &str) -> Result<Outcome, Fault> {
    let what = if what.is_empty() { row.name() } else { what };
    Outcome::skip("not-an-execution", format!("{} repeats executions in another grouping", quoted(what)))
}
