//! The two sides of an execution and the two directions of a position.

/// What an execution did: bought or sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Adds to a long position or covers a short one.
    Buy,
    /// Reduces a long position or adds to a short one.
    Sell,
}

/// What a position is: long (bought first) or short (sold first).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Earns when the price rises.
    Long,
    /// Earns when the price falls.
    Short,
}

impl Side {
    /// The other side.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Buy => Self::Sell,
            Self::Sell => Self::Buy,
        }
    }

    /// The direction of the position that this side opens from flat.
    pub const fn opens(self) -> Direction {
        match self {
            Self::Buy => Direction::Long,
            Self::Sell => Direction::Short,
        }
    }
}
