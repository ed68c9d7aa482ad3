//! The terms under which a book is matched.

use crate::Decimal;

/// How the fills of one book turn into money and into lots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Units of the underlying that one unit of quantity stands for: 1 for shares, 50 for an E-mini S&P 500 future.
    pub multiplier: Decimal,
    /// Which open lot a closing fill closes first.
    pub method: Method,
    /// How a fee is divided when its fill is matched in several parts.
    pub fee_rounding: FeeRounding,
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
    pub(crate) fn places(self, fee: Decimal) -> Option<u32> {
        match self {
            Self::Exact => None,
            Self::Places(places) => Some(places),
            Self::AtLeast(places) => Some(fee.scale().max(places)),
        }
    }
}
