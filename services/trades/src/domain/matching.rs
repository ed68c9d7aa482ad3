//! Turns the events of a book, one after the other, into trades, and holds no more than the trade that is open.

mod detail;
mod events;
mod legs;
mod stored;
#[cfg(test)]
mod tests;

pub use detail::MatchedTrip;
pub use legs::statement;
pub use stored::stored;

use super::{
    event::EventKey,
    ids::{AccountId, TradeId},
    trade::{AVERAGE_DECIMALS, RoundTrip},
};
use detail::{Detail, execution};
use events::{moved, opening_fill, trades};
use ledger::{
    Decimal, Direction, Event, Fault, FeeRounding, Fraction, LedgerError, Method, Side, Status, Terms,
    Valuation,
};
use std::{mem, ops::RangeInclusive};

/// The terms of every book of this service: a fee is divided to at least 8 decimals, so that its parts are finite and
/// still add up.
pub const fn terms(multiplier: Decimal, method: Method) -> Terms {
    Terms { multiplier, valuation: Valuation::Linear, method, fee_rounding: FeeRounding::AtLeast(8) }
}

/// Matches one book from a point at which it is flat, or from the first event of a known trade.
pub struct Matching {
    account: AccountId,
    terms: Terms,
    resume: Resume,
    open: Option<OpenTrip>,
    /// Ascending and disjoint: trades that open there are given with their detail.
    detailed: Vec<RangeInclusive<EventKey>>,
}

/// What is known of the trade that the next event opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resume {
    /// What of that event closed the trade before; 0 when the book is flat there.
    pub closed_quantity: Fraction,
    /// Its direction and kind of instrument, where the event does not tell: an exercise of more than was held.
    pub opens: Option<(Direction, String)>,
}

struct OpenTrip {
    book: ledger::Book,
    asset_class: String,
    opening: EventKey,
    last: EventKey,
    /// Long above 0, short below.
    position: Fraction,
    detail: Option<Detail>,
}

impl Matching {
    /// Begins where the book is flat (the default of `resume`), or with the first event of a known trade.
    pub fn new(account: AccountId, terms: Terms, resume: Resume) -> Self {
        Self { account, terms, resume, open: None, detailed: Vec::new() }
    }

    /// Gives trades that open in these ranges, ascending and disjoint, with [`MatchedTrip::statement`].
    #[must_use]
    pub fn detailing(self, ranges: Vec<RangeInclusive<EventKey>>) -> Self {
        Self { detailed: ranges, ..self }
    }

    /// Takes the next event of the book; gives the trade that it closes. What a fill trades is of `asset_class`.
    ///
    /// Splits, cash, expiries and exercises have no effect while nothing is open.
    pub fn apply(&mut self, event: &Event, asset_class: &str) -> Result<Option<MatchedTrip>, LedgerError> {
        let Some(mut trip) = self.open.take() else {
            self.begin(event, asset_class)?;
            return Ok(None);
        };
        trip.book.apply_event(event)?;
        let before = mem::take(&mut trip.position);
        trip.position = moved(&before, event);
        if trades(event) {
            trip.last = EventKey::of(event);
            if let Some(detail) = &mut trip.detail {
                detail.executions.push(execution(event, &trip.position - &before));
            }
        }
        if trip.position.signum() == before.signum() {
            self.open = Some(trip);
            return Ok(None);
        }
        let flipped = !trip.position.is_zero();
        if flipped {
            let direction = if before.is_positive() { Direction::Short } else { Direction::Long };
            let opens = Some((direction, trip.asset_class.clone()));
            self.resume = Resume { closed_quantity: before.abs(), opens };
        }
        let closed = trip.finish(self.account)?;
        if flipped {
            self.begin(event, asset_class)?;
        }
        Ok(closed)
    }

    /// The trade that is still open, if there is one.
    pub fn finish(self) -> Result<Option<MatchedTrip>, LedgerError> {
        self.open.map_or(Ok(None), |trip| trip.finish(self.account))
    }

    /// Opens a trade with what the event did not close, unless it opens none.
    fn begin(&mut self, event: &Event, asset_class: &str) -> Result<(), LedgerError> {
        let direction = self.resume.opens.as_ref().map(|(direction, _)| *direction);
        let Some(fill) = opening_fill(event, direction) else { return Ok(()) };
        let Resume { closed_quantity, opens } = mem::take(&mut self.resume);
        let asset_class = match (event, opens) {
            (Event::Exercise(_), Some((_, of_the_trade_before))) => of_the_trade_before,
            _ => asset_class.to_owned(),
        };
        let rest = Fraction::from(fill.quantity) - &closed_quantity;
        let position = if fill.side == Side::Buy { rest } else { -rest };
        let opening = EventKey::of(event);
        let detail = self.is_detailed(&opening).then(|| Detail::opened_by(event, &position));
        let mut book = ledger::Book::resume(self.terms, closed_quantity);
        if detail.is_none() {
            book = book.without_legs();
        }
        book.apply(&fill)?;
        self.open = Some(OpenTrip { book, asset_class, last: opening.clone(), opening, position, detail });
        Ok(())
    }

    fn is_detailed(&self, opening: &EventKey) -> bool {
        let next = self.detailed.partition_point(|range| range.end() < opening);
        self.detailed.get(next).is_some_and(|range| range.contains(opening))
    }
}

impl OpenTrip {
    /// The trade as it stands: the first one of its own book.
    fn finish(self, account: AccountId) -> Result<Option<MatchedTrip>, LedgerError> {
        let last = self.last.id.clone();
        let overflow = || LedgerError { execution_id: last.clone(), fault: Fault::Overflow };
        let matched = self.book.finish()?;
        let Some(trip) = matched.round_trips.first() else { return Ok(None) };
        let stored = |number: &Fraction| stored(number).ok_or_else(overflow);
        let average = |price: &Fraction| price.checked_round_half_even(AVERAGE_DECIMALS).ok_or_else(overflow);
        let is_closed = trip.status() == Status::Closed;
        let row = RoundTrip {
            id: TradeId::opened_by(account, &self.opening.id),
            regrouping: None,
            part: None,
            opened_at: self.opening.at,
            closed_at: is_closed.then_some(self.last.at),
            opening: self.opening,
            closing: is_closed.then_some(self.last),
            asset_class: self.asset_class,
            direction: trip.direction,
            quantity: stored(&(&trip.entry_quantity - &trip.exit_quantity))?,
            peak_quantity: stored(&trip.peak_quantity)?,
            entry_quantity: stored(&trip.entry_quantity)?,
            exit_quantity: stored(&trip.exit_quantity)?,
            average_entry: average(&trip.average_entry)?,
            average_exit: trip.average_exit.as_ref().map(average).transpose()?,
            gross: stored(&trip.gross)?,
            net: stored(&trip.net)?,
            commissions: stored(&trip.commissions)?,
            fees: stored(&trip.fees)?,
            other: stored(&trip.other)?,
            fill_count: i64::try_from(trip.fill_count()).unwrap_or(i64::MAX),
            opening_closed_quantity: trip.opening_closed_quantity.clone(),
        };
        Ok(Some(MatchedTrip { row, statement: self.detail.map(|detail| detail.statement(matched)) }))
    }
}
