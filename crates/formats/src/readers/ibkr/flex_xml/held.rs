//! Rows that wait until the file's order of day and month is known.

use crate::{
    DateOrder,
    readers::ibkr::dates::{Evidence, is_slashed},
    times::DateRule,
    xml::Element,
};

/// More rows than this without a date that decides are not waited for.
const MOST: usize = 10_000;

/// Rows that wait.
pub(super) struct Held {
    evidence: Evidence,
    /// The user's word, or what the evidence said.
    decided: Option<DateRule>,
    rows: Vec<Element>,
}

impl Held {
    pub fn new(order: Option<DateOrder>) -> Self {
        Self { evidence: Evidence::default(), decided: order.map(DateRule::from), rows: Vec::new() }
    }

    /// Takes an element's dates into account.
    pub fn see(&mut self, element: &Element) {
        element.values().for_each(|value| self.evidence.see(value));
    }

    /// Keeps a row whose dates cannot be read yet; `false` when it can be read now.
    pub fn keep(&mut self, row: &Element) -> bool {
        if self.decided.is_some() {
            return false;
        }
        if self.rows.is_empty() && !row.values().any(is_slashed) {
            return false;
        }
        self.see(row);
        if let Some(verdict) = self.evidence.verdict() {
            self.decided = Some(verdict);
            return false;
        }
        if self.rows.len() >= MOST {
            self.decided = Some(DateRule::YearFirst);
            return false;
        }
        self.rows.push(row.clone());
        true
    }

    /// What waited, and how its dates are to be read: [`DateRule::YearFirst`] refuses them.
    pub fn release(&mut self) -> (DateRule, Vec<Element>) {
        let rule = self.decided.or(self.evidence.verdict()).unwrap_or(DateRule::YearFirst);
        (rule, std::mem::take(&mut self.rows))
    }
}
