//! A trade while it closes lots.

use super::conversion::Conversion;
use super::costs::{Charges, Costs};
use super::lot::Lot;
use super::trade::Trade;
use crate::{Direction, Fraction, Leg, Valuation};

/// A trade while it closes lots.
pub(super) struct Closing<'a> {
    pub(super) trade: &'a Trade,
    pub(super) index: usize,
    pub(super) charges: Charges,
    /// `f(price)` of the trade.
    pub(super) value: Fraction,
    /// What has been closed so far.
    pub(super) closed: Fraction,
    /// The money that a rolling trade moves away.
    pub(super) rolled: Fraction,
}

/// The part of a lot that one trade closes.
pub(super) struct Part {
    pub(super) quantity: Fraction,
    /// The value of one unit at which it closes.
    pub(super) value: Fraction,
    pub(super) gross: Fraction,
    pub(super) net_in_account: Fraction,
    opening: Costs,
    closing: Costs,
}

impl Closing<'_> {
    /// Closes `quantity` of a lot; the lot's own quantity is the caller's to reduce.
    pub(super) fn part(
        &mut self,
        lot: &mut Lot,
        quantity: Fraction,
        direction: Direction,
        multiplier: &Fraction,
    ) -> Option<Part> {
        let (mut opening, closing) = (lot.charges.take(&quantity)?, self.charges.take(&quantity)?);
        let units = match direction {
            Direction::Long => &quantity * multiplier,
            Direction::Short => -(&quantity * multiplier),
        };
        let value = if self.trade.rolls { lot.value.clone() } else { self.value.clone() };
        let gross = &units * (&value - &lot.value);
        let mut opening_in_account = match &mut lot.at_opening_rate {
            Some(at_opening) => at_opening.charge.take(&quantity)?,
            None => Fraction::ZERO,
        };
        if self.trade.rolls {
            self.rolled += &units * &lot.value + opening.total();
            (opening, opening_in_account) = (Costs::default(), Fraction::ZERO);
        }
        let net = &gross - opening.total() - closing.total();
        let net_in_account = match (&self.trade.conversion, &lot.at_opening_rate) {
            (Conversion::Same, _) => net,
            (Conversion::PerSide(rate), Some(at_opening)) => {
                units * (&value * rate - &at_opening.value) - opening_in_account - closing.total() * rate
            }
            (Conversion::AtClose(rate) | Conversion::PerSide(rate), _) => net * rate,
        };
        Some(Part { quantity, value, gross, net_in_account, opening, closing })
    }
}

impl Part {
    /// The costs of both sides.
    pub(super) fn costs(&self) -> Costs {
        let mut costs = self.opening.clone();
        costs.add(&self.closing);
        costs
    }

    pub(super) fn leg(
        self,
        (round_trip, direction): (usize, Direction),
        lot: &Lot,
        closing: &Closing<'_>,
        valuation: Valuation,
    ) -> Leg {
        Leg {
            round_trip,
            direction,
            opening: lot.opening,
            closing: closing.index,
            opened_at: lot.opened_at,
            closed_at: closing.trade.time,
            open_price: valuation.price(&lot.value),
            close_price: valuation.price(&self.value),
            net: &self.gross - self.opening.total() - self.closing.total(),
            quantity: self.quantity,
            gross: self.gross,
            commission_open: self.opening.commission,
            commission_close: self.closing.commission,
            fees_open: self.opening.fees,
            fees_close: self.closing.fees,
            net_in_account: self.net_in_account,
        }
    }
}
