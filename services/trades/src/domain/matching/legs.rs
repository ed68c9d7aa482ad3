//! The legs of one trade.

use super::events::{opening_fill, trades};
use ledger::{Direction, Event, Fraction, LedgerError, Leg, Terms};

/// The legs of one trade, matched again from its own events, and the ids of those that traded: what a leg's `opening`
/// and `closing` count. An event that flips the position opens another trade behind this one, which has no legs yet.
pub fn legs(
    terms: Terms,
    closed_quantity: Fraction,
    direction: Direction,
    events: &[Event],
) -> Result<(Vec<Leg>, Vec<String>), LedgerError> {
    let mut book = ledger::Book::resume(terms, closed_quantity);
    let mut traded = Vec::new();
    for event in events {
        let effective = match opening_fill(event, Some(direction)) {
            Some(opening) if traded.is_empty() => book.apply(&opening).map(|()| true)?,
            Some(_) | None => book.apply_event(event)?,
        };
        if effective && trades(event) {
            traded.push(event.id().to_owned());
        }
    }
    Ok((book.finish()?.legs, traded))
}
