//! Puts fills together from the pairs that they are part of.

use crate::{
    ParsedFill,
    tally::{Fault, quoted},
};
use ledger::{Decimal, Side};
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// Fills in the order in which they first appeared.
#[derive(Default)]
pub(super) struct Fills {
    index: HashMap<(Side, String), usize>,
    in_order: Vec<ParsedFill>,
    pairs: HashSet<(String, String, String)>,
}

/// What tells a pair from another.
#[derive(Clone, Copy)]
pub(super) enum Key<'r> {
    /// An id: a pair that has it twice stands there twice.
    Pair(&'r str),
    /// Nothing: every row is a pair of its own.
    Row,
}

impl Fills {
    /// Adds the two fills of a pair; `false` when the pair was added before. A fill that recurs must be the same but for its quantity.
    pub fn add(&mut self, key: Key<'_>, halves: [ParsedFill; 2]) -> Result<bool, Fault> {
        let sums = [self.sum_with(&halves[0])?, self.sum_with(&halves[1])?];
        if let Key::Pair(pair) = key {
            let [bought, sold] = &halves;
            let identity = (pair.to_owned(), bought.execution_id.clone(), sold.execution_id.clone());
            if !self.pairs.insert(identity) {
                return Ok(false);
            }
        }
        for (half, sum) in halves.into_iter().zip(sums) {
            match self.index.entry((half.side, half.execution_id.clone())) {
                Entry::Occupied(entry) => {
                    if let Some(fill) = self.in_order.get_mut(*entry.get()) {
                        fill.quantity = sum;
                    }
                }
                Entry::Vacant(entry) => {
                    entry.insert(self.in_order.len());
                    self.in_order.push(half);
                }
            }
        }
        Ok(true)
    }

    /// What the fill's quantity would be with this half.
    fn sum_with(&self, half: &ParsedFill) -> Result<Decimal, Fault> {
        let known = self
            .index
            .get(&(half.side, half.execution_id.clone()))
            .and_then(|index| self.in_order.get(*index));
        let Some(known) = known else { return Ok(half.quantity) };
        let same = known.symbol == half.symbol
            && known.price == half.price
            && known.executed_at.at == half.executed_at.at;
        if !same {
            let message = format!(
                "fill {} differs from what line {} says of it",
                quoted(&half.execution_id),
                known.line
            );
            return Err(Fault::new("buy fill id", "conflicting-fill", message));
        }
        let sum = known.quantity.checked_add(half.quantity);
        sum.ok_or_else(|| Fault::new("paired qty", "bad-number", "the sum is too large"))
    }

    /// All fills.
    pub fn into_fills(self) -> Vec<ParsedFill> {
        self.in_order
    }
}
