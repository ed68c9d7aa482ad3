//! What stops a tax view, and at which transaction.

use crate::Fraction;

/// A transaction that a tax view cannot take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("transaction {id}: {fault}")]
pub struct TaxError {
    /// The id of the transaction.
    pub id: String,
    /// What is wrong with it.
    pub fault: TaxFault,
}

/// What is wrong with a transaction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxFault {
    /// The quantity is zero or negative.
    #[error("the quantity has to be above zero")]
    NonPositiveQuantity,
    /// Its day is before that of the transaction before it.
    #[error("its day is before that of the transaction before it")]
    OutOfOrder,
    /// Another transaction has the same id.
    #[error("another transaction has the same id")]
    DuplicateId,
    /// It sells more than was bought before it (US).
    #[error("it sells {missing} more than was bought before it")]
    NeverBought {
        /// The quantity that no purchase covers.
        missing: Fraction,
    },
    /// It disposes of more than its day, the 30 days after it and the pool hold together (UK).
    #[error("it disposes of {missing} more than the pool holds")]
    ExceedsPool {
        /// The quantity that nothing covers.
        missing: Fraction,
    },
}
