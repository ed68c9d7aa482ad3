//! What stops recognition, and at which leg.

/// A leg that recognition cannot take, or that it was asked for and does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("leg {leg}: {fault}")]
pub struct StrategyError {
    /// The id of the leg.
    pub leg: String,
    /// What is wrong with it.
    pub fault: LegFault,
}

/// What is wrong with a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum LegFault {
    /// Another leg has the same id.
    #[error("another leg has the same id")]
    Duplicate,
    /// The quantity is zero.
    #[error("the quantity is zero")]
    NoQuantity,
    /// The quantity, written with as many decimals as the finest one beside it, needs more than 128 bits.
    #[error("the quantity is too large beside quantities that are so fine")]
    QuantityOutOfRange,
    /// The multiplier is zero or negative.
    #[error("the multiplier has to be above zero")]
    NonPositiveMultiplier,
    /// The strike is below zero.
    #[error("the strike is below zero")]
    NegativeStrike,
    /// No leg, or no round trip, has this id.
    #[error("there is no such leg")]
    Unknown,
    /// It is in two groups that were made by hand, or twice in one.
    #[error("it is grouped by hand twice")]
    GroupedTwice,
    /// Its underlying is not that of the first leg of the group.
    #[error("its underlying is not that of the group's first leg")]
    OtherUnderlying,
}
