//! What a position can win and lose when its options expire.

use crate::{Fraction, Right};

use super::{OptionContract, StrategyLeg};

/// What a strategy trade can win and lose, before fees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Risk {
    /// All its options expire on one day, which decides.
    Defined(Box<AtExpiry>),
    /// Its options expire on several days. What the later ones are worth on the first day is a matter of a model,
    /// not of arithmetic.
    SeveralExpiries,
}

/// The result at expiry over all prices of the underlying from 0 up.
///
/// Each option is worth what its exercise brings, the underlying its price; the opening prices are paid. That is a
/// line with corners at the strikes, so its extremes lie at 0, at a strike, or nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtExpiry {
    /// The best result; below 0 where every price means a loss.
    pub max_profit: Extreme,
    /// The worst result, as a loss: above 0 is lost, below 0 where every price means a profit.
    pub max_loss: Extreme,
    /// The prices at which the result is 0, ascending; of a stretch of such prices its ends.
    pub break_evens: Vec<Fraction>,
}

/// The end of what is possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extreme {
    /// No more than this amount.
    Limited(Fraction),
    /// Ever more as the price of the underlying rises.
    Unlimited,
}

/// A leg, or a part of one, that is held until expiry.
pub(super) struct Position<'a> {
    pub(super) leg: &'a StrategyLeg,
    /// In units of the underlying; below 0 short.
    pub(super) units: Fraction,
}

/// The result over the price of the underlying.
struct Line {
    /// Prices from 0 up, each strike among them, and the results there.
    corners: Vec<(Fraction, Fraction)>,
    /// Money per point above the last corner.
    slope: Fraction,
}

pub(super) fn risk(positions: &[Position<'_>]) -> Risk {
    let options: Vec<OptionContract> = positions.iter().filter_map(|one| one.leg.option()).collect();
    let first = options.first().map(|option| option.expiry);
    if options.iter().any(|option| Some(option.expiry) != first) {
        return Risk::SeveralExpiries;
    }
    let line = Line::of(positions, &options);
    Risk::Defined(Box::new(AtExpiry {
        max_profit: line.highest(),
        max_loss: line.mirrored().highest(),
        break_evens: line.zeros(),
    }))
}

impl Position<'_> {
    /// What it earns when the underlying is at `price`.
    fn result(&self, price: &Fraction) -> Fraction {
        let value = self.leg.option().map_or_else(|| price.clone(), |option| option.intrinsic(price));
        (value - &self.leg.price) * &self.units
    }

    /// Whether it gains with the price above all strikes.
    fn follows(&self) -> bool {
        self.leg.option().is_none_or(|option| option.right == Right::Call)
    }
}

impl OptionContract {
    /// What exercise brings per unit of the underlying when that is at `price`.
    fn intrinsic(&self, price: &Fraction) -> Fraction {
        let strike = Fraction::from(self.strike);
        let gain = match self.right {
            Right::Call => price - strike,
            Right::Put => strike - price,
        };
        gain.max(Fraction::ZERO)
    }
}

impl Line {
    fn of(positions: &[Position<'_>], options: &[OptionContract]) -> Self {
        let strikes = options.iter().map(|option| Fraction::from(option.strike));
        let mut prices: Vec<Fraction> = strikes.chain([Fraction::ZERO]).collect();
        prices.sort_unstable();
        prices.dedup();
        let corner = |price: Fraction| {
            let result = positions.iter().map(|position| position.result(&price)).sum();
            (price, result)
        };
        Self {
            corners: prices.into_iter().map(corner).collect(),
            slope: positions.iter().filter(|position| position.follows()).map(|one| &one.units).sum(),
        }
    }

    /// The same with gains and losses exchanged.
    fn mirrored(&self) -> Self {
        let corners = self.corners.iter().map(|(price, result)| (price.clone(), -result)).collect();
        Self { corners, slope: -&self.slope }
    }

    fn highest(&self) -> Extreme {
        if self.slope.is_positive() {
            return Extreme::Unlimited;
        }
        Extreme::Limited(self.corners.iter().map(|(_, result)| result).max().cloned().unwrap_or_default())
    }

    fn zeros(&self) -> Vec<Fraction> {
        let mut zeros = Vec::new();
        let mut before: Option<&(Fraction, Fraction)> = None;
        for (index, corner) in self.corners.iter().enumerate() {
            let (price, result) = corner;
            zeros.extend(before.and_then(|before| crossing(before, corner)));
            let starts = before.is_none_or(|(_, result)| !result.is_zero());
            let ends = self.corners.get(index + 1).map_or(&self.slope, |(_, result)| result);
            if result.is_zero() && (starts || !ends.is_zero()) {
                zeros.push(price.clone());
            }
            before = Some(corner);
        }
        zeros.extend(before.and_then(|last| self.last_crossing(last)));
        zeros
    }

    /// Where the line above the last corner meets 0.
    fn last_crossing(&self, (price, result): &(Fraction, Fraction)) -> Option<Fraction> {
        let away = -result.checked_div(&self.slope)?;
        Some(price + &away).filter(|_| away.is_positive())
    }
}

/// Where the line between two corners passes through 0.
fn crossing((low, first): &(Fraction, Fraction), (high, second): &(Fraction, Fraction)) -> Option<Fraction> {
    if first.signum() * second.signum() >= 0 {
        return None;
    }
    let share = first.checked_div(&(first - second))?;
    Some(low + (high - low) * share)
}
