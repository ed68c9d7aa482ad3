//! A trade: one round trip, several, or a part of one.

use std::ops::Range;

use super::places::Place;
use crate::{Direction, Fraction, RoundTrip, Sums, Timestamp};

/// A trade as the user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trade<K> {
    /// Names it for as long as its first execution opens a round trip.
    pub id: TradeId,
    /// The book.
    pub book: K,
    /// The round trips it is made of, or a part of: positions in the book, ascending and without a gap.
    pub round_trips: Range<usize>,
    /// Long or short; `None` when it has round trips of both.
    pub direction: Option<Direction>,
    /// When its first fill was traded.
    pub opened_at: Timestamp,
    /// When its last fill was traded; `None` while any of it is open.
    pub closed_at: Option<Timestamp>,
    /// The quantity that was opened.
    pub entry_quantity: Fraction,
    /// The quantity of it that was closed.
    pub exit_quantity: Fraction,
    /// What was realised.
    pub sums: Sums,
    /// Its legs: positions in the book.
    pub legs: Vec<usize>,
    /// Its open lots: positions in the book.
    pub open_lots: Vec<usize>,
}

/// What names a trade.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TradeId {
    /// The execution that opened its first round trip.
    pub opening: String,
    /// The execution with which this part of the round trip begins; `None` for the first part and for whole ones.
    pub part: Option<String>,
}

impl<K: Clone> Trade<K> {
    /// Whole round trips of a book, of which `first` is the first; `None` for none.
    pub(super) fn of(first: &Place<'_, K>, round_trips: Range<usize>) -> Option<Self> {
        let trips = first.book.matched.round_trips.get(round_trips.clone())?;
        let (start, end) = (trips.first()?, trips.last()?);
        let sum = |quantity: fn(&RoundTrip) -> &Fraction| trips.iter().map(quantity).sum();
        let uniform = trips.iter().all(|trip| trip.direction == start.direction);
        Some(Self {
            id: TradeId { opening: first.execution(start.opening).to_owned(), part: None },
            book: first.key.clone(),
            direction: uniform.then_some(start.direction),
            opened_at: start.opened_at,
            closed_at: end.closed_at,
            entry_quantity: sum(|trip| &trip.entry_quantity),
            exit_quantity: sum(|trip| &trip.exit_quantity),
            sums: trips.iter().map(Sums::from).sum(),
            legs: first.legs(&round_trips).collect(),
            open_lots: first.open_lots(&round_trips).collect(),
            round_trips,
        })
    }
}
