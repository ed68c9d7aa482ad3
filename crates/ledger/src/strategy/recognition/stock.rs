//! Structures that contain the underlying.

use super::pieces::{Found, Pieces};
use crate::Fraction;
use crate::strategy::kind::{is_collar, is_covered_call};
use crate::strategy::{Kind, StrategyLeg};

pub(super) fn collars(pieces: &mut Pieces<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for underlying in 0..pieces.underlyings() {
        for call in 0..pieces.list.len() {
            for put in 0..pieces.list.len() {
                let fits = |legs: [&StrategyLeg; 3]| is_collar(legs[0], legs[1], legs[2]);
                found.extend(pieces.hedge(Kind::Collar, [underlying, call, put], fits));
            }
        }
    }
    found
}

pub(super) fn covered_calls(pieces: &mut Pieces<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for underlying in 0..pieces.underlyings() {
        for call in 0..pieces.list.len() {
            let fits = |legs: [&StrategyLeg; 2]| is_covered_call(legs[0], legs[1]);
            found.extend(pieces.hedge(Kind::CoveredCall, [underlying, call], fits));
        }
    }
    found
}

impl<'a> Pieces<'a> {
    /// How many of the pieces are the underlying; they come first.
    fn underlyings(&self) -> usize {
        self.list.partition_point(|piece| piece.leg.option().is_none())
    }

    /// Takes as many whole lots of options as the underlying, the first of the legs, has units for.
    fn hedge<const N: usize>(
        &mut self,
        kind: Kind,
        indices: [usize; N],
        fits: impl Fn([&'a StrategyLeg; N]) -> bool,
    ) -> Option<Found> {
        let pieces: Vec<_> = indices.iter().filter_map(|index| self.list.get(*index)).collect();
        let legs: [&StrategyLeg; N] =
            pieces.iter().map(|piece| piece.leg).collect::<Vec<_>>().try_into().ok()?;
        let (underlying, options) = pieces.split_first()?;
        if !fits(legs) {
            return None;
        }
        let units = units_per_option(underlying.leg, options.first()?.leg)?;
        let options = options.iter().map(|piece| piece.left).min()?;
        let lots = options.min(underlying.left / units) / self.lot;
        let steps = lots * self.lot;
        if steps == 0 {
            return None;
        }
        let used = |place: usize| if place == 0 { steps * units } else { steps };
        let parts = indices.iter().enumerate().map(|(place, index)| (*index, used(place))).collect();
        let found = Found { kind, parts };
        for (index, steps) in &found.parts {
            self.take(*index, *steps);
        }
        Some(found)
    }
}

/// How many of the underlying's units one option stands for; `None` when that is not a whole number.
fn units_per_option(underlying: &StrategyLeg, option: &StrategyLeg) -> Option<i128> {
    let ratio = Fraction::new(option.multiplier, underlying.multiplier)?;
    let whole = ratio.floor()?;
    (ratio.to_decimal()?.scale() == 0 && whole > 0).then_some(whole)
}
