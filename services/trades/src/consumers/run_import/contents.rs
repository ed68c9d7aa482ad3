//! What the fills of a file come to, as the journal has them.

use crate::domain::fill::{Book, Fill};
use ledger::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

/// Sums over the fills of a file. Of a fill that was known, the stored version counts.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// The books that it has fills of.
    pub(super) books: BTreeSet<Book>,
    /// Commissions by currency.
    pub(super) commissions: BTreeMap<String, Decimal>,
    /// The first and the last time of trade.
    pub(super) span: Option<(OffsetDateTime, OffsetDateTime)>,
}

impl Contents {
    /// Counts a fill.
    pub(super) fn add(&mut self, fill: &Fill) {
        if !self.books.contains(&fill.book) {
            self.books.insert(fill.book.clone());
        }
        match self.commissions.get_mut(&fill.book.currency) {
            // Beyond 76 digits the sum is of no use to anybody, and the file's own sum stands still as well.
            Some(sum) => *sum = sum.checked_add(fill.commission).unwrap_or(*sum),
            None => drop(self.commissions.insert(fill.book.currency.clone(), fill.commission)),
        }
        let at = fill.executed_at;
        self.span = Some(self.span.map_or((at, at), |(first, last)| (first.min(at), last.max(at))));
    }
}
