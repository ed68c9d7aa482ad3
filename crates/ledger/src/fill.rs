//! One execution, and the order in which executions count.

use crate::{Decimal, Side, Timestamp};

/// One execution of an order, as the broker reported it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fill {
    /// The broker's id of the execution, unique within the account.
    pub execution_id: String,
    /// When it was traded.
    pub time: Timestamp,
    /// The broker's order among fills of the same time; 0 when it gives none.
    pub sequence: i64,
    /// Bought or sold.
    pub side: Side,
    /// How much was traded, in units of the instrument; always above 0.
    pub quantity: Decimal,
    /// Price of one unit in the book's currency, before the multiplier; zero and negative prices are valid.
    pub price: Decimal,
    /// The broker's commission in the book's currency: above 0 a charge, below 0 a rebate.
    pub commission: Decimal,
    /// All other fees in the book's currency: above 0 a charge, below 0 a rebate.
    pub fees: Decimal,
}

impl Fill {
    /// What decides the place of this fill in its book: trade time, then sequence, then execution id. Arrival
    /// never matters.
    pub(crate) fn key(&self) -> (Timestamp, i64, &str) {
        (self.time, self.sequence, &self.execution_id)
    }
}

/// Sorts fills into the order in which a [`Book`](crate::Book) takes them: by time, sequence and execution id.
pub fn order(fills: &mut [Fill]) {
    fills.sort_unstable_by(|left, right| left.key().cmp(&right.key()));
}
