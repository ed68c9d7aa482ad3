//! Purchases and sales summed by day, and the two rules that match days.

use std::collections::BTreeMap;

use super::{Part, Rule};
use crate::tax::Transaction;
use crate::{Day, Fraction, Side};

/// Days after a disposal in which an acquisition is matched with it.
const WINDOW: i32 = 30;

/// All purchases, or all sales, of one day.
#[derive(Default)]
pub(super) struct Total {
    pub(super) quantity: Fraction,
    pub(super) money: Fraction,
    /// What no rule has matched yet.
    pub(super) left: Fraction,
}

/// All sales of one day and what they are matched with.
#[derive(Default)]
pub(super) struct Sold {
    pub(super) total: Total,
    pub(super) parts: Vec<Part>,
}

#[derive(Default)]
pub(super) struct Days {
    pub(super) bought: BTreeMap<Day, Total>,
    pub(super) sold: BTreeMap<Day, Sold>,
}

impl Days {
    pub(super) fn of(transactions: &[Transaction]) -> Self {
        let mut days = Self::default();
        for transaction in transactions {
            let total = match transaction.side {
                Side::Buy => days.bought.entry(transaction.day).or_default(),
                Side::Sell => &mut days.sold.entry(transaction.day).or_default().total,
            };
            total.quantity += transaction.quantity();
            total.left += transaction.quantity();
            total.money += transaction.money();
        }
        days
    }

    pub(super) fn match_same_day(&mut self) {
        for (day, sold) in &mut self.sold {
            if let Some(bought) = self.bought.get_mut(day) {
                sold.take(Rule::SameDay, *day, bought);
            }
        }
    }

    pub(super) fn match_thirty_days(&mut self) {
        for (day, sold) in &mut self.sold {
            for (acquired, bought) in self.bought.range_mut(day.plus(1)..=day.plus(WINDOW)) {
                sold.take(Rule::ThirtyDays, *acquired, bought);
            }
        }
    }
}

impl Sold {
    /// Matches as much as both days have left.
    fn take(&mut self, rule: Rule, acquired: Day, bought: &mut Total) {
        let quantity = (&self.total.left).min(&bought.left).clone();
        if quantity.is_positive() {
            self.total.left -= &quantity;
            bought.left -= &quantity;
            let cost = bought.cost_of(&quantity);
            self.parts.push(Part { rule, acquired: Some(acquired), quantity, cost });
        }
    }
}

impl Total {
    /// The share of the money that belongs to `quantity`.
    pub(super) fn cost_of(&self, quantity: &Fraction) -> Fraction {
        (&self.money * quantity).checked_div(&self.quantity).unwrap_or_default()
    }
}
