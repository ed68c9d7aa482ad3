//! What a book does at one point in time: a fill, an expiry, or a side of an exercise.

use super::conversion::Conversion;
use super::costs::Costs;
use crate::{Decimal, Direction, Fill, Fraction, Side, Timestamp};

/// A quantity that changes hands, in the book's own currency.
pub(crate) struct Trade {
    pub(crate) time: Timestamp,
    pub(crate) side: Side,
    /// Above 0.
    pub(crate) quantity: Fraction,
    pub(crate) price: Fraction,
    pub(crate) costs: Costs,
    /// What was at stake when it opened a round trip.
    pub(crate) risk: Option<Decimal>,
    /// How it is told in the account's currency.
    pub(crate) conversion: Conversion,
    /// The legs close at what they were opened at, and their money moves to where the caller puts it.
    pub(crate) rolls: bool,
}

impl Trade {
    pub(crate) fn of(fill: &Fill) -> Self {
        Self {
            time: fill.time,
            side: fill.side,
            quantity: fill.quantity.into(),
            price: fill.price.into(),
            costs: Costs { commission: fill.commission.into(), fees: fill.fees.into() },
            risk: None,
            conversion: Conversion::Same,
            rolls: false,
        }
    }

    /// Ends what is open in `direction`: sells what is long, covers what is short.
    pub(crate) fn end(direction: Direction, time: Timestamp, quantity: Fraction, price: Fraction) -> Self {
        let side = match direction {
            Direction::Long => Side::Sell,
            Direction::Short => Side::Buy,
        };
        let (costs, risk, conversion) = (Costs::default(), None, Conversion::Same);
        Self { time, side, quantity, price, costs, risk, conversion, rolls: false }
    }

    /// The rate that a lot has to remember.
    pub(crate) fn opening_rate(&self) -> Option<&Fraction> {
        match &self.conversion {
            Conversion::Same | Conversion::AtClose(_) => None,
            Conversion::PerSide(rate) => Some(rate),
        }
    }
}
