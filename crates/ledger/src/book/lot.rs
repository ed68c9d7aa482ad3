//! A quantity that was opened and not yet closed.

use super::costs::{Charges, Costs};
use super::meter::Meter;
use super::trade::Trade;
use crate::{Direction, FeeRounding, Fraction, OpenLot, Terms, Timestamp};

/// An open lot while its book is being matched.
#[derive(Clone)]
pub(crate) struct Lot {
    pub(crate) opening: usize,
    pub(crate) opened_at: Timestamp,
    pub(crate) quantity: Fraction,
    /// The value `f(price)` of one unit.
    pub(crate) value: Fraction,
    pub(crate) charges: Charges,
    /// The same in the account's currency at the opening's rate, for legs that are converted at their own rates.
    pub(crate) at_opening_rate: Option<AtOpeningRate>,
}

/// What a lot cost in the account's currency when it was opened.
#[derive(Clone)]
pub(crate) struct AtOpeningRate {
    pub(crate) value: Fraction,
    pub(crate) charge: Meter,
}

impl Lot {
    /// The lot that `quantity`, the last part of a trade, opens at `value` with the costs that are left of it.
    pub(crate) fn new(
        trade: &Trade,
        index: usize,
        quantity: Fraction,
        value: Fraction,
        costs: &Costs,
        terms: &Terms,
    ) -> Self {
        Self {
            opening: index,
            opened_at: trade.time,
            charges: Charges::new(costs, &quantity, terms.fee_rounding),
            at_opening_rate: trade.opening_rate().map(|rate| AtOpeningRate {
                value: &value * rate,
                charge: Meter::new(costs.total() * rate, quantity.clone(), FeeRounding::Exact),
            }),
            quantity,
            value,
        }
    }

    /// Takes another lot in, at the average of both.
    pub(crate) fn absorb(&mut self, other: &Self, terms: &Terms) -> Option<()> {
        let quantity = &self.quantity + &other.quantity;
        let average = |mine: &Fraction, its: &Fraction| {
            (&self.quantity * mine + &other.quantity * its).checked_div(&quantity)
        };
        self.value = average(&self.value, &other.value)?;
        if let (Some(mine), Some(its)) = (&mut self.at_opening_rate, &other.at_opening_rate) {
            mine.value = average(&mine.value, &its.value)?;
            mine.charge =
                Meter::new(mine.charge.left() + its.charge.left(), quantity.clone(), FeeRounding::Exact);
        }
        let mut costs = self.charges.left();
        costs.add(&other.charges.left());
        self.charges = Charges::new(&costs, &quantity, terms.fee_rounding);
        self.quantity = quantity;
        Some(())
    }

    /// `ratio` new units for an old one, at the same total cost.
    pub(crate) fn split(&mut self, ratio: &Fraction) -> Option<()> {
        self.quantity = &self.quantity * ratio;
        self.value = self.value.checked_div(ratio)?;
        self.charges.split(ratio);
        if let Some(at_opening) = &mut self.at_opening_rate {
            at_opening.value = at_opening.value.checked_div(ratio)?;
            at_opening.charge.split(ratio);
        }
        Some(())
    }

    pub(crate) fn report(&self, direction: Direction, terms: &Terms) -> OpenLot {
        let costs = self.charges.left();
        OpenLot {
            opening: self.opening,
            opened_at: self.opened_at,
            direction,
            quantity: self.quantity.clone(),
            price: terms.valuation.price(&self.value),
            commission: costs.commission,
            fees: costs.fees,
        }
    }
}
