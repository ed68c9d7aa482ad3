//! What stops a whole summary.

/// Why there is no summary at all. A single figure that does not exist is [`crate::Undefined`] instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum StatisticsError {
    /// A trade closed before the one in front of it; streaks and drawdowns need the order of closing.
    #[error("trade {index} closed before the one in front of it")]
    OutOfOrder {
        /// Its position among the trades, from 0.
        index: usize,
    },
    /// A trade closed before it opened.
    #[error("trade {index} closed before it opened")]
    ClosedBeforeOpened {
        /// Its position among the trades, from 0.
        index: usize,
    },
    /// The breakeven tolerance is below 0.
    #[error("the breakeven tolerance is below zero")]
    NegativeTolerance,
    /// Columns of trades are not all of one length.
    #[error("the columns have different lengths")]
    UnequalColumns,
}
