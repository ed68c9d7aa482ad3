//! What stops a book, and at which event.

/// An event that a book cannot take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{execution_id}: {fault}")]
pub struct LedgerError {
    /// The id of the fill or other event.
    pub execution_id: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// The quantity is zero or negative.
    #[error("the quantity has to be above zero")]
    NonPositiveQuantity,
    /// An inverse contract has no price at zero or below.
    #[error("the price of an inverse contract has to be above zero")]
    NonPositivePrice,
    /// A split to no units, or to fewer than none.
    #[error("the ratio of a split has to be above zero")]
    NonPositiveRatio,
    /// A coin fee that takes all that was bought.
    #[error("the fee takes the whole quantity")]
    FeeTakesAll,
    /// It does not come after the event before it by time, kind, sequence and id.
    #[error("it does not come after the event before it")]
    OutOfOrder,
    /// The book was resumed with a closed quantity that is negative or leaves nothing of this fill to open with.
    #[error("the quantity it closed before has to be below its own")]
    NothingLeftToOpen,
    /// No exchange rate is known for its time.
    #[error("no rate from {from} to {to} is known at its time")]
    NoRate {
        /// The currency that it is in.
        from: String,
        /// The currency that it is needed in.
        to: String,
    },
    /// An exercise of something that is not described as an option.
    #[error("{symbol} is not known as an option with a strike and an underlying")]
    NotAnOption {
        /// The instrument.
        symbol: String,
    },
    /// A result needs more than 76 digits. The book stops here for good: it does not round in silence.
    #[error("a result has more than 76 digits")]
    Overflow,
}
