//! A quantity that is still open.

use crate::{Direction, Fraction, Timestamp};

/// A quantity that one fill opened and that is still open (with average cost: all that is open).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLot {
    /// The fill that opened it: its position among the fills given to the book, from 0.
    pub opening: usize,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Long or short.
    pub direction: Direction,
    /// The quantity still open; above 0.
    pub quantity: Fraction,
    /// The price at which it was opened.
    pub price: Fraction,
    /// The commission that waits for the lot to be closed.
    pub commission: Fraction,
    /// The fees that wait for the lot to be closed.
    pub fees: Fraction,
}
