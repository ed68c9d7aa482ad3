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
    pub(crate) fill: &'a Fill,
    pub(crate) closing: usize,
    pub(crate) quantity: Decimal,
    pub(crate) costs: Costs,
}

impl Leg {
    /// Closes part of `lot`, of which `opening_costs` is the share of costs.
    pub(crate) fn new(
        (round_trip, direction, multiplier): (usize, Direction, Decimal),
        (lot, opening_costs): (&Lot, Costs),
        closure: &Closure<'_>,
    ) -> Option<Self> {
        let (from, to) = match direction {
            Direction::Long => (lot.price, closure.fill.price),
            Direction::Short => (closure.fill.price, lot.price),
        };
        let gross = to.checked_sub(from)?.checked_mul(closure.quantity)?.checked_mul(multiplier)?;
        let costs = opening_costs.checked_add(closure.costs)?;
        let net = Fraction::from(gross).checked_sub(costs.commission)?.checked_sub(costs.fees)?;
        Some(Self {
            round_trip,
            direction,
            opening: lot.opening,
            closing: closure.closing,
            opened_at: lot.opened_at,
            closed_at: closure.fill.time,
            quantity: closure.quantity,
            open_price: lot.price,
            close_price: closure.fill.price,
            gross,
            commission_open: opening_costs.commission,
            commission_close: closure.costs.commission,
            fees_open: opening_costs.fees,
            fees_close: closure.costs.fees,
            net,
        })
    }
}
