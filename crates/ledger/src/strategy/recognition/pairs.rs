//! Structures of two option legs.

use super::pieces::Pieces;
use crate::strategy::Kind;
use crate::strategy::kind::of_two;

/// Two legs in equal numbers; the first comes before the second among the pieces.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) kind: Kind,
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) steps: i128,
}

/// The order in which pairs are looked for once verticals are out: first what limits a risk.
pub(super) const ORDER: [fn(Kind) -> bool; 4] = [
    |kind| matches!(kind, Kind::Calendar(_)),
    |kind| matches!(kind, Kind::Diagonal(_)),
    |kind| kind == Kind::Straddle,
    |kind| kind == Kind::Strangle,
];

impl Pieces<'_> {
    /// Takes all pairs of a kind: first legs of equal numbers, then any; each with the nearest leg before it.
    pub(super) fn pair(&mut self, wanted: fn(Kind) -> bool) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for equal in [true, false] {
            for second in 0..self.list.len() {
                for first in (0..second).rev() {
                    let pair = self.fitting(first, second).filter(|(kind, _)| wanted(*kind));
                    let Some((kind, [one, other])) = pair.filter(|(_, [one, other])| !equal || one == other)
                    else {
                        continue;
                    };
                    let steps = one.min(other);
                    self.take(first, steps);
                    self.take(second, steps);
                    pairs.push(Pair { kind, first, second, steps });
                }
            }
        }
        pairs
    }

    /// What two legs make, and what is left of each; `None` when one is used up.
    fn fitting(&self, first: usize, second: usize) -> Option<(Kind, [i128; 2])> {
        let (one, other) = (self.list.get(first)?, self.list.get(second)?);
        let left = [one.left, other.left];
        if left.contains(&0) {
            return None;
        }
        Some((of_two(one.leg, other.leg)?, left))
    }
}
