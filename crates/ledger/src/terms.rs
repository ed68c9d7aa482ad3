//! The terms under which a book is matched.

use crate::{Decimal, Fraction};

/// How the fills of one book turn into money and into lots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Units of the underlying that one unit of quantity stands for: 1 for shares, 50 for an E-mini S&P 500 future.
    pub multiplier: Decimal,
    /// How a price becomes money.
    pub valuation: Valuation,
    /// Which open lot a closing fill closes first.
    pub method: Method,
    /// How a fee is divided when its fill is matched in several parts.
    pub fee_rounding: FeeRounding,
}

/// How a price becomes money: the profit of one unit held long from `a` to `b` is `f(b) - f(a)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Valuation {
    /// `f(p) = p`: the price is money in the book's currency. Any price is valid, also zero and below.
    #[default]
    Linear,
    /// `f(p) = -1 / p`: an inverse contract, quoted in one currency and settled in the other (a dollar's worth of
    /// bitcoin). Averages are harmonic; prices have to be above zero.
    Inverse,
}

impl Valuation {
    /// `f(price)`; `None` for an inverse price of zero.
    pub fn value(self, price: &Fraction) -> Option<Fraction> {
        match self {
            Self::Linear => Some(price.clone()),
            Self::Inverse => Fraction::from(-1).checked_div(price),
        }
    }

    /// The price with this value. An inverse value of zero, which no price has, stays zero.
    pub fn price(self, value: &Fraction) -> Fraction {
        match self {
            Self::Linear => value.clone(),
            Self::Inverse => Fraction::from(-1).checked_div(value).unwrap_or_default(),
        }
    }
}

/// Which open lot a closing fill closes first. Closed round trips have the same totals under every method; it
/// decides on legs and on what remains open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Method {
    /// First in, first out.
    #[default]
    Fifo,
    /// Last in, first out.
    Lifo,
    /// All that is open is one lot, at its average cost. What is kept is the exact total, so nothing is rounded.
    Average,
}

/// How a fee is divided over the parts of its fill.
///
/// A part is the fee's share up to and including that part, less what was handed out before. So whatever the
/// rounding, the parts of a fee add up to the fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeeRounding {
    /// Parts are exact fractions.
    Exact,
    /// The share so far is rounded half-even to this many decimals.
    Places(u32),
    /// The share so far is rounded half-even to as many decimals as the fill's fee has, but at least this many.
    AtLeast(u32),
}

impl FeeRounding {
    /// The decimals to which shares of `fee` are rounded; `None` when they are exact.
    pub(crate) fn places(self, fee: &Fraction) -> Option<u32> {
        match self {
            Self::Exact => None,
            Self::Places(places) => Some(places),
            Self::AtLeast(places) => Some(fee.to_decimal().map_or(places, |fee| fee.scale().max(places))),
        }
    }
}
