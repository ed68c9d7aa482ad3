//! What is traded: currency, multiplier, and the terms of an option.

use crate::{Decimal, Valuation};

/// What is known of an instrument. Without a currency its amounts are taken to be in the account's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// The currency of its price and its profit.
    pub currency: Option<String>,
    /// Money per point of price and unit of quantity.
    pub multiplier: Decimal,
    /// How a price becomes money.
    pub valuation: Valuation,
    /// The coin that a spot pair trades: a fee in it changes the quantity, not the money.
    pub coin: Option<String>,
    /// The terms of an option.
    pub option: Option<OptionTerms>,
}

/// The terms of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionTerms {
    /// Call or put.
    pub right: Right,
    /// The price at which the underlying changes hands.
    pub strike: Decimal,
    /// The symbol of the underlying.
    pub underlying: String,
}

/// What the holder of an option may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Buy the underlying.
    Call,
    /// Sell the underlying.
    Put,
}

impl Default for Instrument {
    fn default() -> Self {
        Self {
            currency: None,
            multiplier: Decimal::ONE,
            valuation: Valuation::Linear,
            coin: None,
            option: None,
        }
    }
}
