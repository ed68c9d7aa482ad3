//! Strategy trades that continue each other by rolls.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::sets::Sets;
use super::{Moment, Rules, StrategyLeg, StrategyTrade};
use crate::{Right, Timestamp};

/// Strategy trades of which each, but the first, continues another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The id of its first trade.
    pub id: String,
    /// The ids of its trades, by opening, then id; a trade that was never rolled is a chain of its own.
    pub trades: Vec<String>,
    /// How they continue each other.
    pub rolls: Vec<Roll>,
}

/// A trade that was left, wholly or in part, for another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Roll {
    /// The id of the trade that was left.
    pub from: String,
    /// The id of the trade that was entered.
    pub to: String,
}

/// What the two sides of a roll have in common: underlying, right, and whether it is long.
type Track<'a> = (&'a str, Right, bool);

/// A leg of a trade that was opened.
struct Opening<'a> {
    trade: usize,
    leg: &'a StrategyLeg,
}

/// Openings of one track, by time and by order.
#[derive(Default)]
struct Openings<'a> {
    by_time: BTreeMap<Timestamp, Vec<Opening<'a>>>,
    by_order: HashMap<&'a str, Vec<Opening<'a>>>,
}

/// Links the trades that [`recognise`](super::recognise) made of `legs`.
///
/// A roll closes or reduces an option and opens another one on the same underlying, of the same right and on the
/// same side, by one order or at one instant (see [`Rules::tolerance`]).
pub fn chains(trades: &[StrategyTrade], legs: &[StrategyLeg], rules: &Rules) -> Vec<Chain> {
    let legs: HashMap<&str, &StrategyLeg> = legs.iter().map(|leg| (leg.id.as_str(), leg)).collect();
    let mut sorted: Vec<&StrategyTrade> = trades.iter().collect();
    sorted.sort_unstable_by_key(|trade| (trade.opened_at, &trade.id));
    let parts = || {
        sorted.iter().enumerate().flat_map(|(index, trade)| {
            let leg = |id: &str| legs.get(id).copied();
            trade.parts.iter().filter_map(move |part| Some(Opening { trade: index, leg: leg(&part.leg)? }))
        })
    };
    let mut tracks: BTreeMap<Track<'_>, Openings<'_>> = BTreeMap::new();
    for opening in parts() {
        if let Some(track) = track(opening.leg) {
            tracks.entry(track).or_default().add(&opening);
        }
    }
    let mut rolls = BTreeSet::new();
    for left in parts() {
        if let Some(openings) = track(left.leg).and_then(|track| tracks.get(&track)) {
            let entered = left.leg.exits.iter().flat_map(|exit| openings.at(exit, rules));
            rolls.extend(entered.filter(|next| continues(&left, next)).map(|next| (left.trade, next.trade)));
        }
    }
    assemble(&sorted, &rolls)
}

fn track(leg: &StrategyLeg) -> Option<Track<'_>> {
    Some((&leg.underlying, leg.option()?.right, leg.is_long()))
}

/// Whether the second leg is another contract, in another trade, that was not opened before the first one.
fn continues(left: &Opening<'_>, next: &Opening<'_>) -> bool {
    left.trade != next.trade
        && left.leg.contract != next.leg.contract
        && left.leg.opened.at <= next.leg.opened.at
}

fn assemble(trades: &[&StrategyTrade], rolls: &BTreeSet<(usize, usize)>) -> Vec<Chain> {
    let id = |index: usize| trades.get(index).map(|trade| trade.id.clone()).unwrap_or_default();
    let mut sets = Sets::of(trades.len());
    for (from, to) in rolls {
        sets.join(*from, *to);
    }
    let chain = |set: Vec<usize>| Chain {
        id: set.first().copied().map(id).unwrap_or_default(),
        rolls: rolls
            .iter()
            .filter(|(from, _)| set.binary_search(from).is_ok())
            .map(|(from, to)| Roll { from: id(*from), to: id(*to) })
            .collect(),
        trades: set.into_iter().map(id).collect(),
    };
    sets.list().into_iter().map(chain).collect()
}

impl<'a> Openings<'a> {
    fn add(&mut self, &Opening { trade, leg }: &Opening<'a>) {
        self.by_time.entry(leg.opened.at).or_default().push(Opening { trade, leg });
        if let Some(order) = &leg.opened.order {
            self.by_order.entry(order).or_default().push(Opening { trade, leg });
        }
    }

    /// What was opened by the order of the exit, or at its instant.
    fn at(&self, exit: &Moment, rules: &Rules) -> impl Iterator<Item = &Opening<'a>> {
        let tolerance =
            rules.tolerance.map(|tolerance| i64::try_from(tolerance.as_nanos()).unwrap_or(i64::MAX));
        let instant = tolerance.map(|tolerance| {
            let bound = |time: i64| Timestamp(time);
            bound(exit.at.0.saturating_sub(tolerance))..=bound(exit.at.0.saturating_add(tolerance))
        });
        let near =
            instant.into_iter().flat_map(|instant| self.by_time.range(instant)).flat_map(|(_, all)| all);
        let order = exit.order.as_deref().and_then(|order| self.by_order.get(order));
        near.chain(order.into_iter().flatten())
    }
}
