//! The legs of one trade.

use super::{
    detail::execution,
    events::{moved, opening_fill, trades},
};
use ledger::{BookStatement, Direction, Event, Fraction, LedgerError, Terms};

/// What a trade is made of, matched again from the events of its round trips. An event that flips the position at the end
/// opens another round trip behind them, which has no legs yet.
pub fn statement(
    terms: Terms,
    closed_quantity: Fraction,
    direction: Direction,
    events: &[Event],
) -> Result<BookStatement, LedgerError> {
    let mut position = match direction {
        Direction::Long => -&closed_quantity,
        Direction::Short => closed_quantity.clone(),
    };
    let mut book = ledger::Book::resume(terms, closed_quantity);
    let mut executions = Vec::new();
    for event in events {
        let effective = match opening_fill(event, Some(direction)) {
            Some(opening) if executions.is_empty() => book.apply(&opening).map(|()| true)?,
            Some(_) | None => book.apply_event(event)?,
        };
        let after = moved(&position, event);
        if effective && trades(event) {
            executions.push(execution(event, &after - &position));
        }
        position = after;
    }
    Ok(BookStatement { matched: book.finish()?, executions })
}
