//! The fills of one instrument in one account, matched one after the other.

mod closing;
mod costs;
mod lot;
mod meter;
mod tally;
mod trade;

use std::collections::VecDeque;
use std::mem;

use crate::{
    Direction, Event, Fault, Fill, Fraction, LedgerError, Leg, Matched, Method, OpenLot, RoundTrip, Terms,
    Timestamp, Valuation,
};
use closing::Closing;
use costs::Charges;
pub(crate) use costs::Costs;
use lot::Lot;
use tally::Tally;
pub(crate) use trade::{Conversion, Trade};

/// The fills of one instrument in one account, matched one after the other.
///
/// ```
/// use ledger::{Book, Decimal, FeeRounding, Fill, Method, Side, Terms, Timestamp, Valuation};
///
/// let terms = Terms {
///     multiplier: Decimal::ONE,
///     valuation: Valuation::Linear,
///     method: Method::Fifo,
///     fee_rounding: FeeRounding::AtLeast(8),
/// };
/// let mut book = Book::new(terms);
/// for (second, side, price) in [(1, Side::Buy, "9.95"), (2, Side::Sell, "10.20")] {
///     book.apply(&Fill {
///         execution_id: format!("E{second}"),
///         time: Timestamp(second * 1_000_000_000),
///         sequence: 0,
///         side,
///         quantity: Decimal::from(100),
///         price: price.parse()?,
///         commission: Decimal::ONE,
///         fees: Decimal::ZERO,
///     })?;
/// }
/// assert_eq!(book.finish()?.round_trips[0].net.to_string(), "23");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Book {
    terms: Terms,
    multiplier: Fraction,
    lots: VecDeque<Lot>,
    tally: Option<Tally>,
    round_trips: Vec<RoundTrip>,
    legs: Option<Vec<Leg>>,
    /// The part of the next fill that closed a round trip before; 0 but after a resumption or a rewinding.
    closed_before: Fraction,
    /// Fills so far, expiries and exercises among them.
    count: usize,
    last: Option<(Timestamp, u8, i64, String)>,
    failure: Option<LedgerError>,
}

impl Book {
    /// A flat book.
    pub fn new(terms: Terms) -> Self {
        Self::resume(terms, Fraction::ZERO)
    }

    /// A book whose first fill opens a round trip that is already known: `closed_quantity` of that fill closed the
    /// round trip before (see [`RoundTrip::opening_closed_quantity`]), and only the rest of it, with the rest of
    /// its costs, opens this one. The results are those of matching the whole history.
    pub fn resume(terms: Terms, closed_quantity: Fraction) -> Self {
        Self {
            terms,
            multiplier: terms.multiplier.into(),
            lots: VecDeque::new(),
            tally: None,
            round_trips: Vec::new(),
            legs: Some(Vec::new()),
            closed_before: closed_quantity,
            count: 0,
            last: None,
            failure: None,
        }
    }

    /// Keeps no legs, for a caller who needs round trips and open lots only.
    #[must_use]
    pub fn without_legs(mut self) -> Self {
        self.legs = None;
        self
    }

    /// Whether nothing is open.
    pub const fn is_flat(&self) -> bool {
        self.tally.is_none()
    }

    /// What is open: above 0 long, below 0 short.
    pub fn position(&self) -> Fraction {
        let quantity: Fraction = self.lots.iter().map(|lot| &lot.quantity).sum();
        match self.direction() {
            Some(Direction::Short) => -quantity,
            Some(Direction::Long) | None => quantity,
        }
    }

    /// Takes the next fill, in the order of [`order`](crate::order).
    ///
    /// A refused fill leaves the book as it was, except for [`Fault::Overflow`], after which the book only repeats
    /// that error.
    pub fn apply(&mut self, fill: &Fill) -> Result<(), LedgerError> {
        self.guard((fill.time, 1, fill.sequence, &fill.execution_id))?;
        let fault = |fault| LedgerError { execution_id: fill.execution_id.clone(), fault };
        let trade = Trade::of(fill);
        self.check(&trade).map_err(fault)?;
        self.remember((fill.time, 1, fill.sequence, &fill.execution_id));
        self.settle(&fill.execution_id, |book| book.trade(&trade).map(drop))
    }

    /// Takes the next event of a book that stands alone, in the order of [`Event::key`]. An exercise only closes the
    /// option here, at zero; [`Portfolio`](crate::Portfolio) trades the underlying as well.
    ///
    /// The answer is whether it had an effect: a split or cash without a position, an expiry or an exercise of
    /// nothing have none. Errors are those of [`apply`](Self::apply).
    pub fn apply_event(&mut self, event: &Event) -> Result<bool, LedgerError> {
        if let Event::Fill(fill) = event {
            return self.apply(fill).map(|()| true);
        }
        self.guard(event.key())?;
        if let Event::Split(split) = event
            && !split.ratio.is_positive()
        {
            return Err(LedgerError { execution_id: split.id.clone(), fault: Fault::NonPositiveRatio });
        }
        self.remember(event.key());
        let Some(direction) = self.direction() else { return Ok(false) };
        self.settle(event.id(), |book| match event {
            Event::Fill(_) => Ok(()),
            Event::Split(split) => book.split(&split.ratio),
            Event::Cash(cash) => {
                let amount = Fraction::from(cash.amount);
                book.receive(&amount, &amount);
                Ok(())
            }
            Event::Expiry(expiry) => {
                let all = book.position().abs();
                book.trade(&Trade::end(direction, expiry.time, all, expiry.price.into())).map(drop)
            }
            Event::Exercise(exercise) => {
                let quantity = exercise.quantity.into();
                book.trade(&Trade::end(direction, exercise.time, quantity, Fraction::ZERO)).map(drop)
            }
        })?;
        Ok(true)
    }

    /// All round trips, legs and open lots; the error of [`apply`](Self::apply) again if there was an overflow.
    pub fn finish(mut self) -> Result<Matched, LedgerError> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let mut open_lots = Vec::new();
        if let Some((trip, lots)) = self.open_round_trip() {
            self.round_trips.push(trip);
            open_lots = lots;
        }
        Ok(Matched { round_trips: self.round_trips, legs: self.legs.unwrap_or_default(), open_lots })
    }

    pub(crate) fn direction(&self) -> Option<Direction> {
        self.tally.as_ref().map(|tally| tally.direction)
    }

    /// Splits what is open; a book that is flat stays as it is.
    pub(crate) fn split(&mut self, ratio: &Fraction) -> Result<(), Fault> {
        for lot in &mut self.lots {
            lot.split(ratio).ok_or(Fault::NonPositiveRatio)?;
        }
        if let Some(tally) = &mut self.tally {
            tally.split(ratio);
        }
        Ok(())
    }

    /// Counts money for the open round trip, in the book's and in the account's currency.
    pub(crate) fn receive(&mut self, amount: &Fraction, in_account: &Fraction) {
        if let Some(tally) = &mut self.tally {
            tally.receive(amount, in_account);
        }
    }

    /// Trades; answers what a trade that [rolls](Trade::rolls) moved away: its premium and the fees of it.
    pub(crate) fn trade(&mut self, trade: &Trade) -> Result<Fraction, Fault> {
        let value = self.terms.valuation.value(&trade.price).ok_or(Fault::NonPositivePrice)?;
        let index = self.count;
        self.count += 1;
        let mut closing = Closing {
            trade,
            index,
            charges: Charges::new(&trade.costs, &trade.quantity, self.terms.fee_rounding),
            value,
            closed: Fraction::ZERO,
            rolled: Fraction::ZERO,
        };
        if self.closed_before.is_zero() {
            self.close(&mut closing).ok_or(Fault::Overflow)?;
        } else {
            closing.closed = mem::take(&mut self.closed_before);
            closing.charges.take(&closing.closed).ok_or(Fault::Overflow)?;
        }
        self.open(&closing).ok_or(Fault::Overflow)?;
        Ok(closing.rolled)
    }

    /// What no book takes, whatever is in it.
    pub(crate) fn check(&self, trade: &Trade) -> Result<(), Fault> {
        let resumed = !self.closed_before.is_zero();
        if !trade.quantity.is_positive() {
            Err(Fault::NonPositiveQuantity)
        } else if self.terms.valuation == Valuation::Inverse && !trade.price.is_positive() {
            Err(Fault::NonPositivePrice)
        } else if resumed && (self.closed_before.is_negative() || self.closed_before >= trade.quantity) {
            Err(Fault::NothingLeftToOpen)
        } else {
            Ok(())
        }
    }

    pub(crate) fn leg_count(&self) -> usize {
        self.legs.as_ref().map_or(0, Vec::len)
    }

    /// Closed round trips, and how many legs there are.
    pub(crate) fn so_far(&self) -> (&[RoundTrip], usize) {
        (&self.round_trips, self.leg_count())
    }

    pub(crate) fn legs(&self) -> &[Leg] {
        self.legs.as_deref().unwrap_or_default()
    }

    /// The round trip that is open, as it stands, and its lots.
    pub(crate) fn open_round_trip(&self) -> Option<(RoundTrip, Vec<OpenLot>)> {
        let tally = self.tally.as_ref()?;
        let lots = self.lots.iter().map(|lot| lot.report(tally.direction, &self.terms)).collect();
        Some((tally.report(&self.terms), lots))
    }

    /// What of its first fill closed the round trip before the one that is open.
    pub(crate) fn opening_closed_quantity(&self) -> Option<Fraction> {
        self.tally.as_ref().map(|tally| tally.opening_closed_quantity.clone())
    }

    /// Fills so far.
    pub(crate) const fn fill_count(&self) -> usize {
        self.count
    }

    /// Forgets everything from a point on at which the book was flat, or from a fill of which `closed` belonged to the
    /// round trip before.
    pub(crate) fn rewind(&mut self, point: &Point, closed: Fraction) {
        self.lots.clear();
        self.tally = None;
        self.round_trips.truncate(point.round_trips);
        if let Some(legs) = &mut self.legs {
            legs.truncate(point.legs);
        }
        self.count = point.fills;
        self.closed_before = closed;
        self.last = None;
        self.failure = None;
    }

    fn guard(&self, key: (Timestamp, u8, i64, &str)) -> Result<(), LedgerError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        match &self.last {
            Some((time, rank, sequence, id)) if key <= (*time, *rank, *sequence, id.as_str()) => {
                Err(LedgerError { execution_id: key.3.to_owned(), fault: Fault::OutOfOrder })
            }
            _ => Ok(()),
        }
    }

    fn remember(&mut self, (time, rank, sequence, id): (Timestamp, u8, i64, &str)) {
        match &mut self.last {
            Some(last) => {
                (last.0, last.1, last.2) = (time, rank, sequence);
                id.clone_into(&mut last.3);
            }
            None => self.last = Some((time, rank, sequence, id.to_owned())),
        }
    }

    /// Does what cannot be undone; after a fault the book only repeats it.
    fn settle(
        &mut self,
        id: &str,
        act: impl FnOnce(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), LedgerError> {
        act(self).map_err(|fault| {
            let failure = LedgerError { execution_id: id.to_owned(), fault };
            self.failure = Some(failure.clone());
            failure
        })
    }

    /// Closes what the trade closes of an opposite position.
    fn close(&mut self, closing: &mut Closing<'_>) -> Option<()> {
        let Some(tally) = self.tally.as_mut().filter(|tally| tally.direction != closing.trade.side.opens())
        else {
            return Some(());
        };
        let trip = (self.round_trips.len(), tally.direction);
        while let Some(lot) = next_lot(&mut self.lots, self.terms.method) {
            let rest = &closing.trade.quantity - &closing.closed;
            if rest.is_zero() {
                break;
            }
            let part = closing.part(lot, rest.min(lot.quantity.clone()), trip.1, &self.multiplier)?;
            tally.realise(&part.gross, &part.costs(), &part.net_in_account);
            tally.exit(closing.trade, closing.index, &part.quantity, &part.value);
            lot.quantity -= &part.quantity;
            closing.closed += &part.quantity;
            let emptied = lot.quantity.is_zero();
            if let Some(legs) = &mut self.legs {
                legs.push(part.leg(trip, lot, closing, self.terms.valuation));
            }
            if emptied {
                remove_next_lot(&mut self.lots, self.terms.method);
            }
        }
        if self.lots.is_empty() {
            self.round_trips.push(tally.report(&self.terms));
            self.tally = None;
        }
        Some(())
    }

    /// Opens a lot with what the trade did not close.
    fn open(&mut self, closing: &Closing<'_>) -> Option<()> {
        let Closing { trade, index, charges, value, closed, .. } = closing;
        let rest = &trade.quantity - closed;
        if rest.is_zero() {
            return Some(());
        }
        let tally = self.tally.get_or_insert_with(|| Tally::open(trade, *index, closed.clone()));
        tally.enter(trade, *index, &rest, value);
        let lot = Lot::new(trade, *index, rest, value.clone(), &charges.left(), &self.terms);
        match self.lots.front_mut().filter(|_| self.terms.method == Method::Average) {
            Some(all) => all.absorb(&lot, &self.terms)?,
            None => self.lots.push_back(lot),
        }
        Some(())
    }
}

/// How far a book has come.
pub(crate) struct Point {
    pub(crate) round_trips: usize,
    pub(crate) legs: usize,
    pub(crate) fills: usize,
}

/// The lot that a closing trade closes first.
fn next_lot(lots: &mut VecDeque<Lot>, method: Method) -> Option<&mut Lot> {
    match method {
        Method::Fifo | Method::Average => lots.front_mut(),
        Method::Lifo => lots.back_mut(),
    }
}

fn remove_next_lot(lots: &mut VecDeque<Lot>, method: Method) {
    match method {
        Method::Fifo | Method::Average => lots.pop_front(),
        Method::Lifo => lots.pop_back(),
    };
}
