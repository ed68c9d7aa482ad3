//! Trades as the user cuts them: round trips merged, or split along their legs.
//!
//! ```text
//! books (round trips, legs) + Regrouping --apply--> trades + what does not hold any more
//! ```
//!
//! Matching stays as it is. A [`Regrouping`] names round trips by the execution that opened them, as their stable ids
//! do (`docs/decisions/0002-trade-ids-come-from-the-first-execution.md`), so it survives a new computation. The
//! trades together have exactly the amounts and quantities of the round trips.

mod error;
mod merge;
mod places;
mod split;
mod trade;

use std::collections::BTreeMap;

use crate::BookStatement;
use places::Places;

pub use error::{Entry, RegroupError, RegroupFault};
pub use merge::Merge;
pub use split::{Along, Split};
pub use trade::{Trade, TradeId};

/// What the user merged and split, in the books of one account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Regrouping {
    /// Round trips that are one trade.
    pub merges: Vec<Merge>,
    /// Round trips that are several trades.
    pub splits: Vec<Split>,
}

/// The trades that a regrouping makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regrouped<K> {
    /// By book, then in the order of their round trips and parts. What is neither merged nor split is a trade of its
    /// own.
    pub trades: Vec<Trade<K>>,
    /// The entries that do not hold, or no longer since fills arrived late. They were not applied.
    pub void: Vec<RegroupError>,
}

impl Regrouping {
    /// Applies the merges, then the splits, each in order; an entry that does not hold is reported and left out.
    pub fn apply<K: Clone + Ord>(&self, books: &BTreeMap<K, BookStatement>) -> Regrouped<K> {
        let mut places = Places::of(books);
        let (mut trades, mut void) = (Vec::new(), Vec::new());
        for (number, merge) in self.merges.iter().enumerate() {
            match merge.apply(&mut places) {
                Ok(trade) => trades.push(trade),
                Err((id, fault)) => void.push(RegroupError { entry: Entry::Merge(number), id, fault }),
            }
        }
        for (number, split) in self.splits.iter().enumerate() {
            match split.apply(&mut places) {
                Ok(parts) => trades.extend(parts),
                Err((id, fault)) => void.push(RegroupError { entry: Entry::Split(number), id, fault }),
            }
        }
        trades.extend(places.untouched());
        // Stable: the parts of a split stay in their order.
        trades.sort_by(|left, right| {
            (&left.book, left.round_trips.start).cmp(&(&right.book, right.round_trips.start))
        });
        Regrouped { trades, void }
    }

    /// Whether every entry holds, for a user who is making one: the first that does not.
    pub fn check<K: Clone + Ord>(&self, books: &BTreeMap<K, BookStatement>) -> Result<(), RegroupError> {
        self.apply(books).void.into_iter().next().map_or(Ok(()), Err)
    }
}
