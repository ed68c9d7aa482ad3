//! [`Execution`]: what was traded, as it counts in its book.

use crate::{Fill, Fraction, Side, Timestamp};

/// What was traded in a book: a fill as it counts there, an expiry, or a side of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execution {
    /// The id of the fill or event; the trade in the underlying of an exercise has `:u` behind it.
    pub id: String,
    /// When it was traded.
    pub time: Timestamp,
    /// Bought or sold.
    pub side: Side,
    /// How much; above 0.
    pub quantity: Fraction,
    /// The price of one unit.
    pub price: Fraction,
}

impl From<&Fill> for Execution {
    /// A fill that counts as it stands.
    fn from(fill: &Fill) -> Self {
        Self {
            id: fill.execution_id.clone(),
            time: fill.time,
            side: fill.side,
            quantity: fill.quantity.into(),
            price: fill.price.into(),
        }
    }
}
