//! The two components of what a fill costs.

use super::meter::Meter;
use crate::{FeeRounding, Fraction};

/// A share of the commission and of the other fees of a fill, or a sum of such shares.
#[derive(Clone, Default)]
pub(crate) struct Costs {
    pub(crate) commission: Fraction,
    pub(crate) fees: Fraction,
}

impl Costs {
    pub(crate) fn add(&mut self, other: &Self) {
        self.commission += &other.commission;
        self.fees += &other.fees;
    }

    pub(crate) fn total(&self) -> Fraction {
        &self.commission + &self.fees
    }
}

/// What a fill, or the lot it opened, still has to hand out of its costs.
#[derive(Clone)]
pub(crate) struct Charges {
    commission: Meter,
    fees: Meter,
}

impl Charges {
    /// Costs that are spread over `quantity`.
    pub(crate) fn new(costs: &Costs, quantity: &Fraction, rounding: FeeRounding) -> Self {
        let meter = |charge: &Fraction| Meter::new(charge.clone(), quantity.clone(), rounding);
        Self { commission: meter(&costs.commission), fees: meter(&costs.fees) }
    }

    /// Hands out the share of the next `quantity`.
    pub(crate) fn take(&mut self, quantity: &Fraction) -> Option<Costs> {
        Some(Costs { commission: self.commission.take(quantity)?, fees: self.fees.take(quantity)? })
    }

    /// What is left to be handed out.
    pub(crate) fn left(&self) -> Costs {
        Costs { commission: self.commission.left(), fees: self.fees.left() }
    }

    pub(crate) fn split(&mut self, ratio: &Fraction) {
        self.commission.split(ratio);
        self.fees.split(ratio);
    }
}
