//! The fills of one instrument in one account, matched one after the other.

mod closing;
mod conversion;
mod costs;
mod events;
mod lot;
mod matching;
mod meter;
mod order;
mod progress;
mod tally;
mod trade;

use std::collections::VecDeque;

use crate::{Event, Fault, Fill, Fraction, LedgerError, Leg, Matched, RoundTrip, Terms};
pub use conversion::Conversion;
pub(crate) use costs::Costs;
use lot::Lot;
use order::{Key, Newest};
pub(crate) use progress::Point;
use tally::Tally;
pub(crate) use trade::Trade;

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
    newest: Newest,
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
            newest: Newest::default(),
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

    /// Takes the next fill, in the order of [`order`](crate::order).
    ///
    /// A refused fill leaves the book as it was, except for [`Fault::Overflow`], after which the book only repeats
    /// that error.
    pub fn apply(&mut self, fill: &Fill) -> Result<(), LedgerError> {
        self.fill(fill, Conversion::Same)
    }

    /// Takes the next event of a book that stands alone, in the order of [`Event::key`]. An exercise only closes the
    /// option here, at zero; [`Portfolio`](crate::Portfolio) trades the underlying as well.
    ///
    /// The answer is whether it had an effect: a split or cash without a position, an expiry or an exercise of
    /// nothing have none. Errors are those of [`apply`](Self::apply).
    pub fn apply_event(&mut self, event: &Event) -> Result<bool, LedgerError> {
        self.apply_converted(event, Conversion::Same)
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

    /// Refuses what comes after an overflow, or too late.
    fn guard(&self, key: Key<'_>) -> Result<(), LedgerError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        if self.newest.is_before(key) {
            return Ok(());
        }
        Err(LedgerError { execution_id: key.3.to_owned(), fault: Fault::OutOfOrder })
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
}
