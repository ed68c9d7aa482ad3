//! What stops a book of the fixed-point engine, and at which fill.

/// A fill that a book of the fixed-point engine cannot take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("fill {fill}: {fault}")]
pub struct FixedError {
    /// Its position among the fills given to the book, from 0.
    pub fill: usize,
    /// What is wrong with it.
    pub fault: FixedFault,
}

/// What is wrong with a fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FixedFault {
    /// Average cost and inverse contracts are left to the general engine.
    #[error("average cost and inverse contracts are left to the general engine")]
    Unsupported,
    /// The quantity is zero or negative.
    #[error("the quantity has to be above zero")]
    NonPositiveQuantity,
    /// It does not come after the fill before it.
    #[error("it does not come after the fill before it")]
    OutOfOrder,
    /// A number of it needs more than 128 bits at the scales of the book. [`Book`](crate::Book) may still take it.
    #[error("a number needs more than 128 bits at the scales of the book")]
    TooWide,
    /// A result needs more than 128 bits, as money more than 252. [`Book`](crate::Book) may still hold it.
    #[error("a result is too wide")]
    Overflow,
    /// The book has 2^32 fills already.
    #[error("the book has as many fills as it can number")]
    TooMany,
}

impl FixedFault {
    /// The fault, of this fill.
    pub(super) const fn at(self, fill: usize) -> FixedError {
        FixedError { fill, fault: self }
    }
}
