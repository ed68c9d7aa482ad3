//! Verticals, and the condors and butterflies that two of them make.

use std::collections::BTreeMap;

use super::pairs::Pair;
use super::pieces::{Found, Pieces};
use crate::strategy::Kind;
use crate::strategy::kind::of_verticals;

/// The order in which pairs of verticals are looked for.
const ORDER: [fn(Kind) -> bool; 4] = [
    |kind| kind == Kind::IronButterfly,
    |kind| kind == Kind::IronCondor,
    |kind| matches!(kind, Kind::Butterfly(_)),
    |kind| matches!(kind, Kind::Condor(_)),
];

/// Takes all verticals and joins them where two make a larger structure: first equal numbers, then any.
pub(super) fn find(pieces: &mut Pieces<'_>) -> Vec<Found> {
    let mut verticals = pieces.pair(|kind| matches!(kind, Kind::Vertical(_)));
    let mut found = Vec::new();
    verticals.sort_unstable_by_key(|vertical| (vertical.first, vertical.second));
    for equal in [true, false] {
        for wanted in ORDER {
            join(pieces, &mut verticals, &mut found, |kind, one, other| {
                wanted(kind) && (!equal || one == other)
            });
        }
    }
    found.extend(verticals.into_iter().filter(|vertical| vertical.steps > 0).map(Found::from));
    found
}

/// Joins each vertical with the nearest above it that `wanted` accepts.
fn join(
    pieces: &Pieces<'_>,
    verticals: &mut [Pair],
    found: &mut Vec<Found>,
    wanted: impl Fn(Kind, i128, i128) -> bool,
) {
    for below in (0..verticals.len()).rev() {
        for above in 0..verticals.len() {
            let Ok([lower, upper]) = verticals.get_disjoint_mut([below, above]) else { continue };
            let steps = lower.steps.min(upper.steps);
            let kind = kind_of(pieces, lower, upper).filter(|_| steps > 0);
            let Some(kind) = kind.filter(|kind| wanted(*kind, lower.steps, upper.steps)) else { continue };
            let mut parts = BTreeMap::new();
            for index in [lower.first, lower.second, upper.first, upper.second] {
                *parts.entry(index).or_default() += steps;
            }
            found.push(Found { kind, parts });
            lower.steps -= steps;
            upper.steps -= steps;
        }
    }
}

fn kind_of(pieces: &Pieces<'_>, lower: &Pair, upper: &Pair) -> Option<Kind> {
    let legs = |pair: &Pair| Some([pieces.list.get(pair.first)?.leg, pieces.list.get(pair.second)?.leg]);
    of_verticals(legs(lower)?, legs(upper)?)
}
