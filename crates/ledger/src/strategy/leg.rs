//! One leg: a position in one contract, with the moments at which it was opened and reduced.

use crate::{Day, Decimal, Fraction, Right, Timestamp};

/// A position in one contract: a round trip of an option, or of its underlying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrategyLeg {
    /// The stable id of the round trip.
    pub id: String,
    /// The symbol of the underlying; for the underlying itself its own.
    pub underlying: String,
    /// The option, or the underlying itself.
    pub contract: Contract,
    /// How much was opened: above 0 long, below 0 short.
    pub quantity: Decimal,
    /// Units of the underlying in one unit of quantity: 100 for a listed stock option, 1 for a share.
    pub multiplier: Decimal,
    /// The average price at which it was opened.
    pub price: Fraction,
    /// When, and by which order, it was opened.
    pub opened: Moment,
    /// When, and by which orders, it was reduced or closed.
    pub exits: Vec<Moment>,
}

/// What a leg is a position in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contract {
    /// Shares, or the future on which the options are written.
    Underlying,
    /// An option.
    Option(OptionContract),
}

/// An option on the underlying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionContract {
    /// The last day.
    pub expiry: Day,
    /// Call or put.
    pub right: Right,
    /// The price at which the underlying changes hands; not below 0.
    pub strike: Decimal,
}

/// When something was traded, and by which order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The time of the first execution.
    pub at: Timestamp,
    /// The broker's order, or its group of orders, where it says.
    pub order: Option<String>,
}

impl StrategyLeg {
    /// Whether it was bought.
    pub fn is_long(&self) -> bool {
        self.quantity.is_positive()
    }

    /// The option, unless it is the underlying.
    pub const fn option(&self) -> Option<OptionContract> {
        match self.contract {
            Contract::Option(option) => Some(option),
            Contract::Underlying => None,
        }
    }
}
