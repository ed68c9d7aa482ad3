//! What recognition has not used yet of the legs of a group.

use std::collections::BTreeMap;

use super::pairs::Pair;
use crate::Decimal;
use crate::strategy::{Kind, LegFault, StrategyError, StrategyLeg, StrategyTrade};
use crate::wide;

/// A structure: how many steps of which legs.
pub(super) struct Found {
    pub(super) kind: Kind,
    /// By the leg's position among the pieces.
    pub(super) parts: BTreeMap<usize, i128>,
}

/// A leg and how much of it is not used yet.
pub(super) struct Piece<'a> {
    pub(super) leg: &'a StrategyLeg,
    /// In steps; not below 0.
    pub(super) left: i128,
}

/// The legs of a group: the underlying first, then by expiry, right, strike and id.
pub(super) struct Pieces<'a> {
    pub(super) list: Vec<Piece<'a>>,
    /// A step of quantity is `10^-scale`: the finest that any leg has.
    scale: u32,
    /// Steps in the smallest quantity of options: `10^-n`, with `n` the most decimals an option leg has.
    pub(super) lot: i128,
}

impl<'a> Pieces<'a> {
    pub(super) fn of(legs: &[&'a StrategyLeg]) -> Result<Self, StrategyError> {
        let mut legs = legs.to_vec();
        legs.sort_unstable_by_key(|leg| (leg.contract, &leg.id));
        let scale = finest(legs.iter());
        let options = finest(legs.iter().filter(|leg| leg.option().is_some()));
        let mut list = Vec::new();
        for leg in legs {
            let steps = leg.quantity.abs().mantissa_at(scale).and_then(wide::narrow);
            let left = steps.ok_or_else(|| leg.fails(LegFault::QuantityOutOfRange))?;
            list.push(Piece { leg, left });
        }
        // Without option legs there are no lots; with them, the steps of one fit into 128 bits.
        let lot = wide::narrow_power_of_ten(scale - options).unwrap_or(1);
        Ok(Self { list, scale, lot })
    }

    pub(super) fn take(&mut self, index: usize, steps: i128) {
        if let Some(piece) = self.list.get_mut(index) {
            piece.left -= steps;
        }
    }

    /// Everything, whether it is used or not.
    pub(super) fn all(&self) -> BTreeMap<usize, i128> {
        self.list.iter().map(|piece| piece.left).enumerate().collect()
    }

    /// What is left, as one trade.
    pub(super) fn rest(&mut self) -> Option<Found> {
        let parts: BTreeMap<usize, i128> = self.all().into_iter().filter(|(_, left)| *left > 0).collect();
        let kind = match parts.len() {
            0 => return None,
            1 => Kind::Single,
            _ => Kind::Custom,
        };
        for (index, steps) in &parts {
            self.take(*index, *steps);
        }
        Some(Found { kind, parts })
    }

    pub(super) fn trade(&self, found: &Found) -> Option<StrategyTrade> {
        let part = |(index, steps): (&usize, &i128)| {
            let leg = self.list.get(*index)?.leg;
            let signed = if leg.is_long() { *steps } else { -*steps };
            Some((leg, Decimal::from_scaled(signed, self.scale)?))
        };
        let parts: Option<Vec<_>> = found.parts.iter().map(part).collect();
        StrategyTrade::of(found.kind, &parts?)
    }
}

impl From<Pair> for Found {
    fn from(pair: Pair) -> Self {
        Self { kind: pair.kind, parts: [(pair.first, pair.steps), (pair.second, pair.steps)].into() }
    }
}

fn finest<'l, 'a: 'l>(legs: impl Iterator<Item = &'l &'a StrategyLeg>) -> u32 {
    legs.map(|leg| leg.quantity.scale()).max().unwrap_or(0)
}
