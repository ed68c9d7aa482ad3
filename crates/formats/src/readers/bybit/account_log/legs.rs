//! Spot trades in the account log: one row for each coin, in either order.

use crate::{
    ParsedFill, Severity,
    readers::coins,
    run::Out,
    tally::{Fault, Outcome},
};
use ledger::Side;
use std::collections::HashMap;

/// One row of a spot trade: the fill as far as this row tells it.
pub(super) struct Leg {
    /// True for the row of the coin that is traded: it tells the quantity.
    pub is_base: bool,
    /// Quantity 0 in the row of the quote.
    pub fill: ParsedFill,
}

/// What both rows of a trade have in common.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    trade: String,
    time: String,
    contract: String,
    is_buy: bool,
    price: String,
}

/// Rows whose other one has not come.
#[derive(Default)]
pub(super) struct Legs {
    waiting: HashMap<Key, Vec<Leg>>,
}

impl Legs {
    /// Keeps a first row; makes a fill of a second: it stands where the row of the traded coin does.
    pub fn take(&mut self, leg: Leg, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let key = key(&leg.fill);
        let waiting = self.waiting.entry(key.clone()).or_default();
        let Some(at) = waiting.iter().position(|other| other.is_base != leg.is_base) else {
            waiting.push(leg);
            return Ok(Outcome::Waits);
        };
        let other = waiting.remove(at);
        if waiting.is_empty() {
            self.waiting.remove(&key);
        }
        out.completes(other.fill.line);
        let (base, quote) = if leg.is_base { (leg, other) } else { (other, leg) };
        let mut fill = base.fill;
        fill.commission = coins::add("fee paid", fill.commission, quote.fill.commission)?;
        fill.foreign_charges.extend(quote.fill.foreign_charges);
        out.fill(fill)?;
        Ok(Outcome::Read)
    }

    /// What is left at the end, in the file's order.
    pub fn left(self) -> Vec<Leg> {
        let mut left: Vec<Leg> = self.waiting.into_values().flatten().collect();
        left.sort_by_key(|leg| leg.fill.line);
        left
    }
}

impl Leg {
    /// Accounts for a row without another one: it is a fill when it tells the quantity.
    pub fn settle(self, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let message = "the other row of this spot trade is not in the file";
        if !self.is_base {
            return Err(Fault::new("currency", "half-trade", message));
        }
        out.remark(Severity::Warning, "half-trade", format!("{message}: its fee is not known"));
        out.fill(self.fill)?;
        Ok(Outcome::Read)
    }
}

fn key(fill: &ParsedFill) -> Key {
    Key {
        trade: fill.execution_id.clone(),
        time: fill.executed_at.text.clone(),
        contract: fill.symbol.clone(),
        is_buy: fill.side == Side::Buy,
        price: fill.price.to_string(),
    }
}
