//! The legs of one trade.

use super::{
    detail::execution,
    events::{moved, opening_fill, trades},
};
use crate::domain::exchange::{Deal, Exchange};
use ledger::{BookStatement, Conversion, Direction, Event, Fraction, LedgerError, Terms};

/// What a trade is made of, matched again from the events of its round trips. An event that flips the position at the end
/// opens another round trip behind them, which has no legs yet. With an exchange it is told in the account's currency too.
pub fn statement(
    terms: Terms,
    closed_quantity: Fraction,
    direction: Direction,
    events: &[Event],
    mut exchange: Option<&mut Exchange>,
) -> Result<BookStatement, LedgerError> {
    let mut position = match direction {
        Direction::Long => -&closed_quantity,
        Direction::Short => closed_quantity.clone(),
    };
    let mut book = ledger::Book::resume(terms, closed_quantity);
    let mut executions = Vec::new();
    for event in events {
        let opening = opening_fill(event, Some(direction)).filter(|_| executions.is_empty());
        let after = moved(&position, event);
        let deal = if opening.is_some() { Some(Deal::Opens) } else { deal(event, &position, &after) };
        let (time, ..) = event.key();
        let conversion = match (exchange.as_deref_mut(), deal) {
            (Some(exchange), Some(deal)) => exchange.conversion(time, deal),
            (None, _) | (_, None) => Conversion::Same,
        };
        let effective = match opening {
            Some(opening) => book.apply_converted(&Event::Fill(opening), conversion)?,
            None => book.apply_converted(event, conversion)?,
        };
        if effective && trades(event) {
            executions.push(execution(event, &after - &position));
        }
        if effective {
            position = after;
        }
    }
    Ok(BookStatement { matched: book.finish()?, executions })
}

/// What an event does to the money of the trade, which is not opened by it.
fn deal(event: &Event, before: &Fraction, after: &Fraction) -> Option<Deal> {
    let closes = before.signum() * (after - before).signum() < 0;
    match event {
        Event::Fill(_) if !closes => Some(Deal::Opens),
        Event::Fill(_) => Some(Deal::Realises),
        Event::Split(_) => None,
        // They have no effect while nothing is open.
        Event::Cash(_) | Event::Expiry(_) | Event::Exercise(_) => {
            (!before.is_zero()).then_some(Deal::Realises)
        }
    }
}
