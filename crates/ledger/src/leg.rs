//! A quantity that one fill opened and another closed.

use crate::{Direction, Fraction, Timestamp};

/// A quantity that one fill opened and another closed: the smallest piece of realised profit or loss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// The round trip it belongs to: its position in [`Matched::round_trips`](crate::Matched::round_trips).
    pub round_trip: usize,
    /// Long or short.
    pub direction: Direction,
    /// The opening fill: its position among the fills given to the book, from 0.
    pub opening: usize,
    /// The closing fill: its position among the fills given to the book, from 0.
    pub closing: usize,
    /// When the opening fill was traded.
    pub opened_at: Timestamp,
    /// When the closing fill was traded.
    pub closed_at: Timestamp,
    /// The matched quantity; above 0.
    pub quantity: Fraction,
    /// The price of the opening fill (with average cost: the average).
    pub open_price: Fraction,
    /// The price of the closing fill.
    pub close_price: Fraction,
    /// `direction * quantity * multiplier * (f(close_price) - f(open_price))`, with direction +1 for long, -1 for
    /// short, and `f` of the book's [`Valuation`](crate::Valuation).
    pub gross: Fraction,
    /// The share of the opening fill's commission.
    pub commission_open: Fraction,
    /// The share of the closing fill's commission.
    pub commission_close: Fraction,
    /// The share of the opening fill's other fees.
    pub fees_open: Fraction,
    /// The share of the closing fill's other fees.
    pub fees_close: Fraction,
    /// `gross` less the four shares of costs.
    pub net: Fraction,
    /// The net in the account's currency; the same number where that is the book's.
    pub net_in_account: Fraction,
}
