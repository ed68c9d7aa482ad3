//! A quantity that one fill opened and another closed.

use crate::charges::Costs;
use crate::lot::Lot;
use crate::{Decimal, Direction, Fill, Fraction, Timestamp};

/// A quantity that one fill opened and another closed: the smallest piece of realised profit or loss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// The round trip it belongs to: its position in [`Matched::round_trips`](crate::Matched::round_trips).
    pub round_trip: usize,
    /// Long or short.
    pub direction: Direction,
    /// The opening fill: its position among the fills given to the book, from 0.
    pub opening: usize,
    /// The closing fill: its position among the fills given to the book, from 0.
    pub closing: usize,
    /// When the opening fill was traded.
    pub opened_at: Timestamp,
    /// When the closing fill was traded.
    pub closed_at: Timestamp,
    /// The matched quantity; above 0.
    pub quantity: Decimal,
    /// The price of the opening fill.
    pub open_price: Decimal,
    /// The price of the closing fill.
    pub close_price: Decimal,
    /// `direction * quantity * multiplier * (close_price - open_price)`, with direction +1 for long, -1 for short.
    pub gross: Decimal,
    /// The share of the opening fill's commission.
    pub commission_open: Fraction,
    /// The share of the closing fill's commission.
    pub commission_close: Fraction,
    /// The share of the opening fill's other fees.
    pub fees_open: Fraction,
    /// The share of the closing fill's other fees.
    pub fees_close: Fraction,
    /// `gross` less the four shares of costs.
    pub net: Fraction,
}

/// The part of a lot that one fill closes.
pub(crate) struct Closure<'a> {
    pub(crate) lot: &'a Lot,
    pub(crate) fill: &'a Fill,
    pub(crate) closing: usize,
    pub(crate) quantity: Decimal,
    /// The shares of the opening and of the closing fill's costs.
    pub(crate) costs: [Costs; 2],
}

impl Closure<'_> {
    /// What the part earns before costs.
    #[inline]
    pub(crate) fn gross(&self, direction: Direction, multiplier: Decimal) -> Option<Decimal> {
        let (from, to) = match direction {
            Direction::Long => (self.lot.price, self.fill.price),
            Direction::Short => (self.fill.price, self.lot.price),
        };
        to.checked_sub(from)?.checked_mul(self.quantity)?.checked_mul(multiplier)
    }

    /// The leg that belongs to the position of its round trip; `total` is the sum of both sides' costs.
    #[inline]
    pub(crate) fn leg(
        &self,
        (round_trip, direction): (usize, Direction),
        gross: Decimal,
        total: &Costs,
    ) -> Option<Leg> {
        let [open, close] = &self.costs;
        let mut net = Fraction::from(gross);
        net -= &total.commission;
        net -= &total.fees;
        Some(Leg {
            round_trip,
            direction,
            opening: self.lot.opening,
            closing: self.closing,
            opened_at: self.lot.opened_at,
            closed_at: self.fill.time,
            quantity: self.quantity,
            open_price: self.lot.price,
            close_price: self.fill.price,
            gross,
            commission_open: open.commission.clone(),
            commission_close: close.commission.clone(),
            fees_open: open.fees.clone(),
            fees_close: close.fees.clone(),
            net,
        })
    }
}
