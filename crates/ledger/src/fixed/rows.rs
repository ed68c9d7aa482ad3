//! What the engine writes: round trips and legs as rows of integers.

use super::Number;

/// What was written about one book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows<'a, N: Number> {
    /// Closed round trips, in the order in which they opened.
    pub trips: &'a [TripRow<N>],
    /// The round trip that is open; its position is 0 when none is.
    pub running: &'a TripRow<N>,
    /// Legs in the order in which they were closed.
    pub legs: &'a [LegRow<N>],
}

/// A round trip in integers. Quantities, costs and money have the scales of its book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TripRow<N: Number> {
    /// Its first fill: the position among the fills of the book, from 0.
    pub opening: u32,
    /// Its last fill so far.
    pub last: u32,
    /// Whether it is long.
    pub long: bool,
    /// The part of the first fill that closed the round trip before; 0 unless a flip opened this one.
    pub opening_closed: N,
    /// The size that is open; 0 when the round trip is closed.
    pub position: N,
    /// The largest size that it had.
    pub peak: N,
    /// The total quantity that opened or added to it.
    pub entry_quantity: N,
    /// Sum of quantity times price over all entries.
    pub entry_notional: N::Money,
    /// Sum of quantity times price over all exits.
    pub exit_notional: N::Money,
    /// Realised profit or loss before costs. 0 while the round trip is open.
    pub gross: N::Money,
    /// Commission and other fees of its fills and of its parts of flips; under
    /// [`FeeRounding::Exact`](crate::FeeRounding::Exact) without the flips, whose parts are no integers.
    pub costs: [N; 2],
}

/// A leg in integers. Quantities, costs and money have the scales of its book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LegRow<N: Number> {
    /// The round trip it belongs to: its position among those of the book.
    pub trip: u32,
    /// The opening fill: its position among the fills of the book, from 0.
    pub opening: u32,
    /// The closing fill.
    pub closing: u32,
    /// The matched quantity; above 0.
    pub quantity: N,
    /// Profit or loss before costs.
    pub gross: N::Money,
    /// The shares of the opening fill's commission and other fees; 0 under
    /// [`FeeRounding::Exact`](crate::FeeRounding::Exact), where they are no integers.
    pub opening_costs: [N; 2],
    /// The shares of the closing fill's commission and other fees; likewise.
    pub closing_costs: [N; 2],
}
