//! What a portfolio comes to.

use std::collections::BTreeMap;

use crate::{Execution, Fraction, Issue, Leg, Matched, Timestamp};

/// What names a book.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookKey {
    /// The account.
    pub account: String,
    /// The instrument.
    pub symbol: String,
}

/// What one book came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookStatement {
    /// Its round trips, legs and open lots.
    pub matched: Matched,
    /// What was traded, in order: what `opening`, `closing` and `last` count.
    pub executions: Vec<Execution>,
}

/// What a portfolio comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Every book in which something was traded.
    pub books: BTreeMap<BookKey, BookStatement>,
    /// The order in which legs were closed across all books: the book, and the leg's position in it.
    pub legs: Vec<(BookKey, usize)>,
    /// Funding, dividends and borrow fees that joined a round trip, in the account's currency.
    pub cash: Vec<(Timestamp, Fraction)>,
    /// What does not count as it stands, sorted by kind and id.
    pub issues: Vec<Issue>,
}

impl Statement {
    /// All legs with their books, in the order in which they were closed.
    pub fn legs(&self) -> impl Iterator<Item = (&BookKey, &BookStatement, &Leg)> {
        self.legs.iter().filter_map(|(key, position)| {
            let book = self.books.get(key)?;
            Some((key, book, book.matched.legs.get(*position)?))
        })
    }
}
