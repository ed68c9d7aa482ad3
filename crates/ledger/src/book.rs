//! The fills of one instrument in one account, matched one after the other.

use std::collections::VecDeque;

use crate::charges::Charges;
use crate::leg::Closure;
use crate::lot::Lot;
use crate::round_trip::Tally;
use crate::{Decimal, Fault, Fill, LedgerError, Leg, Matched, Method, RoundTrip, Terms, Timestamp};

/// The fills of one instrument in one account, matched one after the other.
///
/// ```
/// use ledger::{Book, Decimal, FeeRounding, Fill, Method, Side, Terms, Timestamp};
///
/// let terms = Terms { multiplier: Decimal::ONE, method: Method::Fifo, fee_rounding: FeeRounding::AtLeast(8) };
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
pub struct Book {
    terms: Terms,
    lots: VecDeque<Lot>,
    tally: Option<Tally>,
    round_trips: Vec<RoundTrip>,
    legs: Option<Vec<Leg>>,
    /// The part of the first fill that closed a round trip before this book begins.
    closed_before: Decimal,
    count: usize,
    last: (Timestamp, i64, String),
    failure: Option<LedgerError>,
}

impl Book {
    /// A flat book.
    pub fn new(terms: Terms) -> Self {
        Self::resume(terms, Decimal::ZERO)
    }

    /// A book whose first fill opens a round trip that is already known: `closed_quantity` of that fill closed the
    /// round trip before (see [`RoundTrip::opening_closed_quantity`]), and only the rest of it, with the rest of
    /// its costs, opens this one. The results are those of matching the whole history.
    pub fn resume(terms: Terms, closed_quantity: Decimal) -> Self {
        Self {
            terms,
            lots: VecDeque::new(),
            tally: None,
            round_trips: Vec::new(),
            legs: Some(Vec::new()),
            closed_before: closed_quantity,
            count: 0,
            last: (Timestamp(i64::MIN), i64::MIN, String::new()),
            failure: None,
        }
    }

    /// Keeps no legs, for a caller who needs round trips and open lots only.
    #[must_use]
    pub fn without_legs(mut self) -> Self {
        self.legs = None;
        self
    }

    /// Takes the next fill, in the order of [`order`](crate::order).
    ///
    /// A refused fill leaves the book as it was, except for [`Fault::Overflow`], after which the book only repeats
    /// that error.
    pub fn apply(&mut self, fill: &Fill) -> Result<(), LedgerError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        if let Some(fault) = self.refusal(fill) {
            return Err(LedgerError { execution_id: fill.execution_id.clone(), fault });
        }
        self.last.0 = fill.time;
        self.last.1 = fill.sequence;
        self.last.2.clone_from(&fill.execution_id);
        let index = self.count;
        self.count += 1;
        if self.execute(fill, index).is_none() {
            let failure = self.overflow();
            self.failure = Some(failure.clone());
            return Err(failure);
        }
        Ok(())
    }

    /// All round trips, legs and open lots; the error of [`apply`](Self::apply) again if there was an overflow.
    pub fn finish(mut self) -> Result<Matched, LedgerError> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let mut open_lots = Vec::with_capacity(self.lots.len());
        if let Some(tally) = &self.tally {
            self.round_trips.push(tally.report().ok_or_else(|| self.overflow())?);
            for lot in &self.lots {
                open_lots.push(lot.report(tally.direction).ok_or_else(|| self.overflow())?);
            }
        }
        Ok(Matched { round_trips: self.round_trips, legs: self.legs.unwrap_or_default(), open_lots })
    }

    fn refusal(&self, fill: &Fill) -> Option<Fault> {
        let (time, sequence, execution_id) = &self.last;
        let resumed = self.count == 0 && !self.closed_before.is_zero();
        if !fill.quantity.is_positive() {
            Some(Fault::NonPositiveQuantity)
        } else if self.count > 0 && fill.key() <= (*time, *sequence, execution_id) {
            Some(Fault::OutOfOrder)
        } else if resumed && (self.closed_before.is_negative() || self.closed_before >= fill.quantity) {
            Some(Fault::NothingLeftToOpen)
        } else {
            None
        }
    }

    fn overflow(&self) -> LedgerError {
        LedgerError { execution_id: self.last.2.clone(), fault: Fault::Overflow }
    }

    fn execute(&mut self, fill: &Fill, index: usize) -> Option<()> {
        let mut charges = Charges::of(fill, self.terms.fee_rounding);
        let closed = if index == 0 && !self.closed_before.is_zero() {
            charges.take(self.closed_before)?;
            self.closed_before
        } else {
            self.close(fill, index, &mut charges)?
        };
        let rest = fill.quantity.checked_sub(closed)?;
        if rest.is_zero() {
            return Some(());
        }
        self.lots.push_back(Lot::of(fill, index, rest, &charges)?);
        self.tally.get_or_insert_with(|| Tally::open(fill, index, closed)).enter(fill, index, rest)
    }

    /// Closes what the fill closes of an opposite position, and tells how much that was.
    fn close(&mut self, fill: &Fill, index: usize, charges: &mut Charges) -> Option<Decimal> {
        let Some(tally) = self.tally.as_mut().filter(|tally| tally.direction != fill.side.opens()) else {
            return Some(Decimal::ZERO);
        };
        let trip = (self.round_trips.len(), tally.direction);
        let mut rest = fill.quantity;
        while let Some(lot) = next_lot(&mut self.lots, self.terms.method) {
            if rest.is_zero() {
                break;
            }
            let quantity = rest.min(lot.quantity);
            let costs = [lot.charges.take(quantity)?, charges.take(quantity)?];
            let closure = Closure { lot, fill, closing: index, quantity, costs };
            let gross = closure.gross(tally.direction, self.terms.multiplier)?;
            let [open, close] = &closure.costs;
            let mut total = open.clone();
            total.accumulate(close);
            tally.realise(gross, &total)?;
            if let Some(legs) = &mut self.legs {
                legs.push(closure.leg(trip, gross, &total)?);
            }
            rest = rest.checked_sub(quantity)?;
            lot.quantity = lot.quantity.checked_sub(quantity)?;
            if lot.quantity.is_zero() {
                remove_next_lot(&mut self.lots, self.terms.method);
            }
        }
        let closed = fill.quantity.checked_sub(rest)?;
        tally.exit(fill, index, closed)?;
        if self.lots.is_empty() {
            self.round_trips.push(tally.report()?);
            self.tally = None;
        }
        Some(closed)
    }
}

/// The lot that a closing fill closes first.
fn next_lot(lots: &mut VecDeque<Lot>, method: Method) -> Option<&mut Lot> {
    match method {
        Method::Fifo => lots.front_mut(),
        Method::Lifo => lots.back_mut(),
    }
}

fn remove_next_lot(lots: &mut VecDeque<Lot>, method: Method) {
    match method {
        Method::Fifo => lots.pop_front(),
        Method::Lifo => lots.pop_back(),
    };
}
