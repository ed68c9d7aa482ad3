//! What one fill opened and no fill has closed yet.

use crate::charges::Charges;
use crate::{Decimal, Direction, Fill, Fraction, Timestamp};

/// The open part of the quantity that one fill added to a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLot {
    /// The fill that opened it: its position among the fills given to the book, from 0.
    pub opening: usize,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Long or short.
    pub direction: Direction,
    /// The quantity still open; above 0.
    pub quantity: Decimal,
    /// The price at which it was opened.
    pub price: Decimal,
    /// The commission that waits for the lot to be closed.
    pub commission: Fraction,
    /// The fees that wait for the lot to be closed.
    pub fees: Fraction,
}

/// An open lot while its book is being matched.
#[derive(Clone, Copy)]
pub(crate) struct Lot {
    pub(crate) opening: usize,
    pub(crate) opened_at: Timestamp,
    pub(crate) quantity: Decimal,
    pub(crate) price: Decimal,
    pub(crate) charges: Charges,
}

impl Lot {
    /// The lot that `quantity`, the last part of a fill, opens.
    pub(crate) fn of(fill: &Fill, opening: usize, quantity: Decimal, charges: &Charges) -> Option<Self> {
        let charges = charges.rest()?;
        Some(Self { opening, opened_at: fill.time, quantity, price: fill.price, charges })
    }

    pub(crate) fn report(&self, direction: Direction) -> Option<OpenLot> {
        let costs = self.charges.left()?;
        Some(OpenLot {
            opening: self.opening,
            opened_at: self.opened_at,
            direction,
            quantity: self.quantity,
            price: self.price,
            commission: costs.commission,
            fees: costs.fees,
        })
    }
}
