//! A fill in integers, and the scales that give its integers their meaning.

use super::{FixedFault, Number};
use crate::{Decimal, FeeRounding, Fill, Side, Terms, Timestamp, wide};

/// One fill of a book in integers, each in units of the last place of its [`Scales`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct FixedFill<N> {
    /// When it was traded.
    pub time: Timestamp,
    /// How much was traded: above 0 bought, below 0 sold.
    pub quantity: N,
    /// Price of one unit before the multiplier; zero and negative prices are valid.
    pub price: N,
    /// The commission: above 0 a charge, below 0 a rebate.
    pub commission: N,
    /// All other fees: above 0 a charge, below 0 a rebate.
    pub fees: N,
}

/// How many digits behind the point the integers of a book have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Scales {
    /// Digits of quantities.
    pub quantity: u32,
    /// Digits of prices.
    pub price: u32,
    /// Digits of commissions, fees and the parts into which they are divided.
    pub costs: u32,
}

impl Scales {
    /// The fewest digits that hold these fills and the parts of their costs exactly.
    pub fn of<'a>(rounding: FeeRounding, fills: impl IntoIterator<Item = &'a Fill>) -> Self {
        let parts = match rounding {
            FeeRounding::Exact => 0,
            FeeRounding::Places(places) | FeeRounding::AtLeast(places) => places,
        };
        let least = Self { quantity: 0, price: 0, costs: parts };
        fills.into_iter().fold(least, |scales, fill| Self {
            quantity: scales.quantity.max(fill.quantity.scale()),
            price: scales.price.max(fill.price.scale()),
            costs: scales.costs.max(fill.commission.scale()).max(fill.fees.scale()),
        })
    }

    /// The larger of each two.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            quantity: self.quantity.max(other.quantity),
            price: self.price.max(other.price),
            costs: self.costs.max(other.costs),
        }
    }

    /// The digits of a quantity times a price times the multiplier; `None` when no [`Decimal`] has as many.
    pub(super) fn money(self, multiplier: Decimal) -> Option<u32> {
        let digits = self.quantity.checked_add(self.price)?.checked_add(multiplier.scale())?;
        (digits <= Decimal::MAX_DIGITS && self.costs <= Decimal::MAX_DIGITS).then_some(digits)
    }

    /// The digits of a quantity times a price.
    pub(super) const fn notional(self) -> u32 {
        self.quantity + self.price
    }
}

impl FixedFill<i128> {
    /// The fill in integers of these scales; a fault when a digit is lost or 128 bits do not hold it.
    pub fn of(fill: &Fill, scales: Scales) -> Result<Self, FixedFault> {
        if !fill.quantity.is_positive() {
            return Err(FixedFault::NonPositiveQuantity);
        }
        let integer = |number: Decimal, scale| integer(number, scale).ok_or(FixedFault::TooWide);
        let quantity = integer(fill.quantity, scales.quantity)?;
        Ok(Self {
            time: fill.time,
            quantity: match fill.side {
                Side::Buy => quantity,
                Side::Sell => -quantity,
            },
            price: integer(fill.price, scales.price)?,
            commission: integer(fill.commission, scales.costs)?,
            fees: integer(fill.fees, scales.costs)?,
        })
    }

    /// The same fill in 64 bits, if they hold it.
    pub(super) fn narrow(self) -> Option<FixedFill<i64>> {
        let narrow = |number: i128| i64::try_from(number).ok();
        // The magnitude of a quantity has to fit as well.
        let quantity = narrow(self.quantity).filter(|quantity| *quantity != i64::MIN)?;
        Some(FixedFill {
            time: self.time,
            quantity,
            price: narrow(self.price)?,
            commission: narrow(self.commission)?,
            fees: narrow(self.fees)?,
        })
    }

    /// The same fill with more digits behind the point; `None` when 128 bits do not hold it.
    pub(super) fn rescaled(self, from: Scales, to: Scales) -> Option<Self> {
        let rescale = |number: i128, from: u32, to: u32| {
            number.checked_mul(wide::narrow_power_of_ten(to.checked_sub(from)?)?)
        };
        Some(Self {
            time: self.time,
            quantity: rescale(self.quantity, from.quantity, to.quantity)?,
            price: rescale(self.price, from.price, to.price)?,
            commission: rescale(self.commission, from.costs, to.costs)?,
            fees: rescale(self.fees, from.costs, to.costs)?,
        })
    }
}

impl From<FixedFill<i64>> for FixedFill<i128> {
    fn from(fill: FixedFill<i64>) -> Self {
        Self {
            time: fill.time,
            quantity: i128::from(fill.quantity),
            price: i128::from(fill.price),
            commission: i128::from(fill.commission),
            fees: i128::from(fill.fees),
        }
    }
}

impl<N: Number> FixedFill<N> {
    /// Commission and other fees.
    #[inline]
    pub(super) fn costs(&self) -> [N; 2] {
        [self.commission, self.fees]
    }
}

/// The multiplier of a book as an integer in units of its own last place.
pub(super) fn multiplier(terms: Terms) -> Option<i128> {
    integer(terms.multiplier, terms.multiplier.scale())
}

/// The number in units of the last of `scale` places; `None` when it has more of them or 128 bits do not hold it.
fn integer(number: Decimal, scale: u32) -> Option<i128> {
    let trimmed = number.trimmed();
    wide::narrow(trimmed.mantissa_at(scale)?).filter(|integer| *integer != i128::MIN)
}
