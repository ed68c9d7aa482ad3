//! What stops a book, and at which fill.

/// A fill that a book cannot take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("fill {execution_id}: {fault}")]
pub struct LedgerError {
    /// The execution id of the fill.
    pub execution_id: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// The quantity is zero or negative.
    #[error("the quantity has to be above zero")]
    NonPositiveQuantity,
    /// It does not come after the fill before it by time, sequence and execution id.
    #[error("it does not come after the fill before it")]
    OutOfOrder,
    /// The book was resumed with a closed quantity that is negative or leaves nothing of this fill to open with.
    #[error("the quantity it closed before has to be below its own")]
    NothingLeftToOpen,
    /// A result needs more than 76 digits. The book stops here for good: it does not round in silence.
    #[error("a result has more than 76 digits")]
    Overflow,
}
