//! The structures of option trading.

use std::cmp::Ordering;

use super::StrategyLeg;
use crate::Right;

/// What a strategy trade is. "Opposite" is one leg long and one short, "alike" both long or both short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One contract.
    Single,
    /// Two strikes of one right and expiry, opposite.
    Vertical(Right),
    /// Call and put of one strike and expiry, alike.
    Straddle,
    /// Call and put of two strikes and one expiry, alike.
    Strangle,
    /// A vertical in puts and, at higher strikes, one in calls, both sold or both bought.
    IronCondor,
    /// An iron condor whose two middle strikes are one.
    IronButterfly,
    /// Four strikes of one right and expiry: the outer two opposite to the inner two.
    Condor(Right),
    /// Three strikes of one right and expiry, 1-2-1: the outer two opposite to the middle one.
    Butterfly(Right),
    /// One strike and right, two expiries, opposite.
    Calendar(Right),
    /// Two strikes and two expiries of one right, opposite.
    Diagonal(Right),
    /// The underlying, bought, and a call on it, sold.
    CoveredCall,
    /// The underlying between a put at a lower and a call at a higher strike, which limit its loss and its gain.
    Collar,
    /// Anything else.
    Custom,
}

/// What two option legs of one multiplier make.
pub(super) fn of_two(one: &StrategyLeg, other: &StrategyLeg) -> Option<Kind> {
    if one.multiplier != other.multiplier {
        return None;
    }
    let (left, right) = (one.option()?, other.option()?);
    let same_right = left.right == right.right;
    let same_strike = left.strike == right.strike;
    let same_expiry = left.expiry == right.expiry;
    let alike = one.is_long() == other.is_long();
    match (same_right, same_strike, same_expiry, alike) {
        (true, false, true, false) => Some(Kind::Vertical(left.right)),
        (true, true, false, false) => Some(Kind::Calendar(left.right)),
        (true, false, false, false) => Some(Kind::Diagonal(left.right)),
        (false, true, true, true) => Some(Kind::Straddle),
        (false, false, true, true) => Some(Kind::Strangle),
        _ => None,
    }
}

/// What two verticals make, each given by its legs from the lower to the higher strike.
pub(super) fn of_verticals(below: [&StrategyLeg; 2], above: [&StrategyLeg; 2]) -> Option<Kind> {
    let ([first, second], [third, _]) = (below, above);
    let (low, inner, upper) = (first.option()?, second.option()?, third.option()?);
    let fits = low.expiry == upper.expiry
        && first.multiplier == third.multiplier
        && first.is_long() != third.is_long();
    match (low.right, upper.right, inner.strike.cmp(&upper.strike)) {
        _ if !fits => None,
        (_, _, Ordering::Greater) | (Right::Call, Right::Put, _) => None,
        (Right::Put, Right::Call, Ordering::Equal) => Some(Kind::IronButterfly),
        (Right::Put, Right::Call, Ordering::Less) => Some(Kind::IronCondor),
        (right, _, Ordering::Equal) => Some(Kind::Butterfly(right)),
        (right, _, Ordering::Less) => Some(Kind::Condor(right)),
    }
}

/// Whether a call and a put make a collar around a position in the underlying.
pub(super) fn is_collar(underlying: &StrategyLeg, call: &StrategyLeg, put: &StrategyLeg) -> bool {
    let (Some(upper), Some(lower)) = (call.option(), put.option()) else { return false };
    underlying.option().is_none()
        && (upper.right, lower.right) == (Right::Call, Right::Put)
        && upper.expiry == lower.expiry
        && call.multiplier == put.multiplier
        && lower.strike < upper.strike
        && call.is_long() != underlying.is_long()
        && put.is_long() == underlying.is_long()
}

/// Whether a call covers a long position in the underlying.
pub(super) fn is_covered_call(underlying: &StrategyLeg, call: &StrategyLeg) -> bool {
    let is_call = call.option().is_some_and(|option| option.right == Right::Call);
    underlying.option().is_none() && underlying.is_long() && is_call && !call.is_long()
}
