//! One purchase or sale, as the tax codes see it.

use std::collections::HashSet;

use super::{TaxError, TaxFault};
use crate::{Day, Decimal, Fill, Fraction, Side};

/// One purchase or sale of a security.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// Names it in the results: the execution id.
    pub id: String,
    /// The day on which it was traded, where the taxpayer's rules look at the clock.
    pub day: Day,
    /// Bought or sold.
    pub side: Side,
    /// How much, in units of the security; above 0.
    pub quantity: Decimal,
    /// The price of one unit.
    pub price: Decimal,
    /// All costs together: above 0 they add to the cost of a purchase and take from the proceeds of a sale.
    pub fee: Decimal,
}

impl Transaction {
    /// A fill on the day it was traded where the taxpayer lives; `None` when its commission and fees together have
    /// more than 76 digits.
    pub fn of(fill: &Fill, day: Day) -> Option<Self> {
        Some(Self {
            id: fill.execution_id.clone(),
            day,
            side: fill.side,
            quantity: fill.quantity,
            price: fill.price,
            fee: fill.commission.checked_add(fill.fees)?,
        })
    }

    /// What a purchase costs or a sale brings in, fee included.
    pub(super) fn money(&self) -> Fraction {
        let value = self.quantity() * Fraction::from(self.price);
        match self.side {
            Side::Buy => value + Fraction::from(self.fee),
            Side::Sell => value - Fraction::from(self.fee),
        }
    }

    pub(super) fn quantity(&self) -> Fraction {
        Fraction::from(self.quantity)
    }

    pub(super) fn fails(&self, fault: TaxFault) -> TaxError {
        TaxError { id: self.id.clone(), fault }
    }
}

/// Whether the transactions have quantities, are in order of their days and tell themselves apart.
pub(super) fn check(transactions: &[Transaction]) -> Result<(), TaxError> {
    let mut ids = HashSet::new();
    let mut last = None;
    for transaction in transactions {
        if !transaction.quantity.is_positive() {
            return Err(transaction.fails(TaxFault::NonPositiveQuantity));
        }
        if last > Some(transaction.day) {
            return Err(transaction.fails(TaxFault::OutOfOrder));
        }
        if !ids.insert(transaction.id.as_str()) {
            return Err(transaction.fails(TaxFault::DuplicateId));
        }
        last = Some(transaction.day);
    }
    Ok(())
}
