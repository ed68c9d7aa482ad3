//! What a trade is made of, for those that may be cut otherwise.

use super::RoundTrip;
use ledger::{BookStatement, Event, Execution, Fraction, Matched, Side};

/// A trade from flat to flat, as matching comes to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchedTrip {
    /// The trade.
    pub row: RoundTrip,
    /// Its round trip, legs and executions as a book of their own; only where they were asked for.
    pub statement: Option<BookStatement>,
}

/// What is kept of a trade while it is open.
pub(super) struct Detail {
    pub(super) executions: Vec<Execution>,
}

impl Detail {
    pub(super) fn opened_by(event: &Event, position: &Fraction) -> Self {
        Self { executions: vec![execution(event, position.clone())] }
    }

    /// The trade alone, without what the event that closed it has opened behind it.
    pub(super) fn statement(self, mut matched: Matched) -> BookStatement {
        if matched.round_trips.first().is_some_and(|trip| trip.closed_at.is_some()) {
            matched.open_lots.clear();
        }
        matched.round_trips.truncate(1);
        BookStatement { matched, executions: self.executions }
    }
}

/// What an event traded that moved the position by `moved`.
pub(super) fn execution(event: &Event, moved: Fraction) -> Execution {
    let (time, ..) = event.key();
    let price = match event {
        Event::Fill(fill) => fill.price.into(),
        Event::Expiry(expiry) => expiry.price.into(),
        Event::Exercise(_) | Event::Split(_) | Event::Cash(_) => Fraction::ZERO,
    };
    let side = if moved.is_negative() { Side::Sell } else { Side::Buy };
    Execution { id: event.id().to_owned(), time, side, quantity: moved.abs(), price }
}
