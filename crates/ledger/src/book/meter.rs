//! Hands out a charge in proportion to quantity.

use crate::{FeeRounding, Fraction};

/// A charge that is spread over a quantity, and how much of it has been handed out.
#[derive(Clone)]
pub(crate) struct Meter {
    charge: Fraction,
    quantity: Fraction,
    /// The quantity that has had its part.
    taken: Fraction,
    handed_out: Fraction,
    /// The decimals of a part; exact without.
    places: Option<u32>,
}

impl Meter {
    pub(crate) fn new(charge: Fraction, quantity: Fraction, rounding: FeeRounding) -> Self {
        let places = rounding.places(&charge);
        Self { charge, quantity, taken: Fraction::ZERO, handed_out: Fraction::ZERO, places }
    }

    /// The part of the next `quantity`; `None` when its rounded digits exceed 76.
    ///
    /// It is the share of everything up to here, less what was handed out before: so parts always add up.
    pub(crate) fn take(&mut self, quantity: &Fraction) -> Option<Fraction> {
        if self.charge.is_zero() {
            return Some(Fraction::ZERO);
        }
        self.taken += quantity;
        let so_far = if self.taken == self.quantity {
            self.charge.clone()
        } else {
            let share = (&self.charge * &self.taken).checked_div(&self.quantity)?;
            match self.places {
                None => share,
                Some(places) => share.checked_round_half_even(places)?.into(),
            }
        };
        let part = &so_far - &self.handed_out;
        self.handed_out = so_far;
        Some(part)
    }

    /// What has not been handed out.
    pub(crate) fn left(&self) -> Fraction {
        &self.charge - &self.handed_out
    }

    /// Changes the unit of quantity: `ratio` new ones for an old one.
    pub(crate) fn split(&mut self, ratio: &Fraction) {
        self.quantity = &self.quantity * ratio;
        self.taken = &self.taken * ratio;
    }
}
