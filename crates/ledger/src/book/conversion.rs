//! How amounts in a book's currency become amounts in the account's.

use crate::{Fraction, RatePolicy};

/// How amounts in the book's currency become amounts in the account's, for one event of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conversion {
    /// They are the same currency.
    Same,
    /// Each leg at the rate of its closing.
    AtClose(Fraction),
    /// The opening side of a leg at the rate of its opening, the closing side at the rate of its closing.
    PerSide(Fraction),
}

impl Conversion {
    /// What `amount` is in the account's currency. Cash has one side only.
    pub(super) fn of_cash(&self, amount: &Fraction) -> Fraction {
        match self {
            Self::Same => amount.clone(),
            Self::AtClose(rate) | Self::PerSide(rate) => amount * rate,
        }
    }
}

impl RatePolicy {
    /// How an event is converted when one unit of the book's currency is worth `rate` of the account's at its time.
    pub const fn at(self, rate: Fraction) -> Conversion {
        match self {
            Self::AtClose => Conversion::AtClose(rate),
            Self::PerSide => Conversion::PerSide(rate),
        }
    }
}
