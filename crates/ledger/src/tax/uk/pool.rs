//! The section 104 holding, day by day.

use std::collections::BTreeSet;

use super::days::{Days, Sold, Total};
use super::{Disposal, Part, Pool, Rule, ShareMatching};
use crate::tax::{TaxError, TaxFault, Transaction};
use crate::{Day, Fraction, Side};

impl Days {
    /// Puts what no rule has matched into the pool or takes it from there, and closes the account.
    pub(super) fn settle(mut self, transactions: &[Transaction]) -> Result<ShareMatching, TaxError> {
        let mut matching = ShareMatching::default();
        let days: BTreeSet<Day> = self.bought.keys().chain(self.sold.keys()).copied().collect();
        for day in days {
            if let Some(bought) = self.bought.get(&day) {
                matching.pool.add(bought);
            }
            if let Some(sold) = self.sold.remove(&day) {
                let disposal = matching
                    .pool
                    .dispose(day, sold)
                    .map_err(|missing| uncovered(transactions, day, missing))?;
                matching.gain += &disposal.gain;
                matching.disposals.push(disposal);
            }
        }
        Ok(matching)
    }
}

impl Pool {
    fn add(&mut self, bought: &Total) {
        self.quantity += &bought.left;
        self.cost += bought.cost_of(&bought.left);
    }

    /// The disposal with its last part out of the pool; the quantity that is missing there.
    fn dispose(&mut self, day: Day, sold: Sold) -> Result<Disposal, Fraction> {
        let Sold { total: Total { quantity, money: proceeds, left }, mut parts } = sold;
        if left > self.quantity {
            return Err(left - &self.quantity);
        }
        if let Some(cost) = (&self.cost * &left).checked_div(&self.quantity).filter(|_| left.is_positive()) {
            self.quantity -= &left;
            self.cost -= &cost;
            parts.push(Part { rule: Rule::Pool, acquired: None, quantity: left, cost });
        }
        let cost: Fraction = parts.iter().map(|part| &part.cost).sum();
        Ok(Disposal { day, quantity, gain: &proceeds - &cost, proceeds, cost, parts })
    }
}

/// Names the sale of the day with which it sells more than there is.
fn uncovered(transactions: &[Transaction], day: Day, missing: Fraction) -> TaxError {
    let sales = transactions.iter().filter(|one| one.day == day && one.side == Side::Sell);
    let mut uncovered = missing.clone();
    let first = sales.rev().find(|sale| {
        uncovered -= sale.quantity();
        !uncovered.is_positive()
    });
    let id = first.map(|sale| sale.id.clone()).unwrap_or_default();
    TaxError { id, fault: TaxFault::ExceedsPool { missing } }
}
