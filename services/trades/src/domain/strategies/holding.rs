//! Round trips in options, and in what these are written on.

use crate::domain::{fill::Book, ids::TradeId, matching::MatchedTrip};
use ledger::{
    BookStatement, Day, Direction, Leg, RoundTrip,
    strategy::{Contract, Moment, OptionContract, StrategyLeg},
};
use std::collections::BTreeSet;

/// What a book is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// The symbol of the underlying; for the underlying itself its own.
    pub underlying: String,
    /// The option, or the underlying itself.
    pub contract: Contract,
}

/// The option that a symbol tells; `None`: it tells none.
pub fn instrument(symbol: &str) -> Option<Instrument> {
    let terms = formats::option_terms(symbol)?;
    let expiry = terms.expiry;
    let expiry = Day::from_civil(
        expiry.year().into(),
        expiry.month().unsigned_abs().into(),
        expiry.day().unsigned_abs().into(),
    )?;
    let contract = Contract::Option(OptionContract { expiry, right: terms.right, strike: terms.strike });
    Some(Instrument { underlying: terms.underlying, contract })
}

/// A round trip as a leg of strategies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The trade.
    pub trade: TradeId,
    /// Its book.
    pub book: Book,
    /// What it is of.
    pub instrument: Instrument,
    /// Its figures.
    pub trip: RoundTrip,
    /// What recognition sees of it. Its underlying is one in a currency: what is in two is never one trade.
    pub leg: StrategyLeg,
}

impl Holding {
    /// Of a trade with its detail; `None` where its quantity has no finite expansion.
    pub fn of(book: &Book, instrument: &Instrument, matched: MatchedTrip) -> Option<Self> {
        let statement = matched.statement?;
        let exits = exits(&statement);
        let trip = statement.matched.round_trips.into_iter().next()?;
        let quantity = trip.entry_quantity.to_decimal()?;
        let leg = StrategyLeg {
            id: matched.row.id.to_string(),
            underlying: format!("{} in {}", instrument.underlying, book.currency),
            contract: instrument.contract,
            quantity: if trip.direction == Direction::Long { quantity } else { -quantity },
            multiplier: book.multiplier,
            price: trip.average_entry.clone(),
            opened: Moment { at: trip.opened_at, order: None },
            exits,
        };
        Some(Self { trade: matched.row.id, book: book.clone(), instrument: instrument.clone(), trip, leg })
    }
}

/// When it was reduced or closed.
fn exits(statement: &BookStatement) -> Vec<Moment> {
    let closing: BTreeSet<_> = statement.matched.legs.iter().map(|leg: &Leg| leg.closed_at).collect();
    closing.into_iter().map(|at| Moment { at, order: None }).collect()
}
