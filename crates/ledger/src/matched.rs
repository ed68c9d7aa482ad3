//! What matching makes of the fills of a book.

use crate::{Book, Event, Fill, LedgerError, Leg, OpenLot, RoundTrip, Terms};

/// What matching makes of the fills of a book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matched {
    /// In the order in which they opened; only the last one can be open.
    pub round_trips: Vec<RoundTrip>,
    /// In the order in which they were closed; empty for a book [`without_legs`](Book::without_legs).
    pub legs: Vec<Leg>,
    /// In the order in which they were opened.
    pub open_lots: Vec<OpenLot>,
}

/// Matches all events of a book, which must be in the order of [`Event::key`].
pub fn match_events<'a>(
    terms: Terms,
    events: impl IntoIterator<Item = &'a Event>,
) -> Result<Matched, LedgerError> {
    let mut book = Book::new(terms);
    for event in events {
        book.apply_event(event)?;
    }
    book.finish()
}

/// Matches all fills of a book, which must be in [`order`](crate::order).
pub fn match_fills<'a>(
    terms: Terms,
    fills: impl IntoIterator<Item = &'a Fill>,
) -> Result<Matched, LedgerError> {
    let mut book = Book::new(terms);
    for fill in fills {
        book.apply(fill)?;
    }
    book.finish()
}
