//! The commission and the fees of one fill, handed out in proportion to quantity.

use crate::{Decimal, FeeRounding, Fill, Fraction};

/// A share of the two cost components of a fill, or a sum of such shares.
#[derive(Clone, Default)]
pub(crate) struct Costs {
    pub(crate) commission: Fraction,
    pub(crate) fees: Fraction,
}

impl Costs {
    #[inline]
    pub(crate) fn accumulate(&mut self, other: &Self) {
        self.commission += &other.commission;
        self.fees += &other.fees;
    }
}

/// What a fill, or the lot it opened, still has to hand out of its costs.
#[derive(Clone, Copy)]
pub(crate) struct Charges {
    /// The quantity over which the charges are spread.
    quantity: Decimal,
    taken: Decimal,
    commission: Meter,
    fees: Meter,
}

/// One cost component of a fill.
#[derive(Clone, Copy)]
struct Meter {
    charge: Decimal,
    /// Rounded meters only: an exact part does not depend on the parts before it.
    handed_out: Decimal,
    places: Option<u32>,
}

impl Charges {
    pub(crate) fn of(fill: &Fill, rounding: FeeRounding) -> Self {
        Self {
            quantity: fill.quantity,
            taken: Decimal::ZERO,
            commission: Meter::of(fill.commission, rounding),
            fees: Meter::of(fill.fees, rounding),
        }
    }

    /// Hands out the share of the next `quantity`.
    #[inline]
    pub(crate) fn take(&mut self, quantity: Decimal) -> Option<Costs> {
        let share = Share { part: quantity, taken: self.taken.checked_add(quantity)?, whole: self.quantity };
        self.taken = share.taken;
        Some(Costs { commission: self.commission.take(share)?, fees: self.fees.take(share)? })
    }

    /// What is left to be handed out.
    pub(crate) fn left(&self) -> Option<Costs> {
        let mut rest = *self;
        rest.take(self.quantity.checked_sub(self.taken)?)
    }

    /// The charges of the lot that the rest of a fill opens: what is left, spread over the rest.
    pub(crate) fn rest(&self) -> Option<Self> {
        if self.taken.is_zero() || self.commission.places.is_none() {
            // An exact share of the fill equals the share of the rest of it.
            return Some(*self);
        }
        Some(Self {
            quantity: self.quantity.checked_sub(self.taken)?,
            taken: Decimal::ZERO,
            commission: self.commission.rest()?,
            fees: self.fees.rest()?,
        })
    }
}

/// The place of one part within the quantity of a fill.
#[derive(Clone, Copy)]
struct Share {
    part: Decimal,
    /// The quantity up to and including this part.
    taken: Decimal,
    whole: Decimal,
}

impl Meter {
    fn of(charge: Decimal, rounding: FeeRounding) -> Self {
        Self { charge, handed_out: Decimal::ZERO, places: rounding.places(charge) }
    }

    fn take(&mut self, share: Share) -> Option<Fraction> {
        if self.charge.is_zero() {
            return Some(Fraction::ZERO);
        }
        let Some(places) = self.places else {
            if share.part == share.whole {
                return Some(Fraction::from(self.charge));
            }
            return Fraction::new(self.charge.checked_mul(share.part)?, share.whole);
        };
        let so_far = if share.taken == share.whole {
            self.charge
        } else {
            self.charge.checked_mul(share.taken)?.checked_div_rounded(share.whole, places)?
        };
        let part = so_far.checked_sub(self.handed_out)?;
        self.handed_out = so_far;
        Some(Fraction::from(part))
    }

    fn rest(self) -> Option<Self> {
        let charge = self.charge.checked_sub(self.handed_out)?;
        Some(Self { charge, handed_out: Decimal::ZERO, places: self.places })
    }
}
