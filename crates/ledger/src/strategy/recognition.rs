//! From legs to strategy trades.

mod pairs;
mod pieces;
mod stock;
mod verticals;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::together::groups;
use super::{Kind, LegFault, Ratios, Rules, StrategyError, StrategyLeg, StrategyTrade};
use pieces::{Found, Pieces};

/// What recognition made of the legs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recognised {
    /// By opening, then id. Every leg is in one of them, or in several by parts that add up to it.
    pub trades: Vec<StrategyTrade>,
    /// Groups made by hand that do not hold any more. They were not applied.
    pub void: Vec<Void>,
}

/// A group made by hand that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Void {
    /// Its position in [`Rules::by_hand`].
    pub group: usize,
    /// The leg that is in the way.
    pub error: StrategyError,
}

/// Makes strategy trades of the legs of one account. The order of the legs does not matter.
pub fn recognise(legs: &[StrategyLeg], rules: &Rules) -> Result<Recognised, StrategyError> {
    let mut known: HashMap<&str, &StrategyLeg> = HashMap::new();
    for leg in legs {
        leg.check()?;
        if known.insert(&leg.id, leg).is_some() {
            return Err(leg.fails(LegFault::Duplicate));
        }
    }
    let (mut trades, mut void, mut taken) = (Vec::new(), Vec::new(), HashSet::new());
    for (group, ids) in rules.by_hand.iter().enumerate() {
        match by_hand(ids, &known, &taken) {
            Ok(chosen) => {
                trades.extend(whole(&chosen)?);
                taken.extend(chosen.iter().map(|leg| leg.id.as_str()));
            }
            Err(error) => void.push(Void { group, error }),
        }
    }
    let mut rest: Vec<&StrategyLeg> = legs.iter().filter(|leg| !taken.contains(leg.id.as_str())).collect();
    rest.sort_unstable_by_key(|leg| (&leg.underlying, leg.opened.at, &leg.id));
    for group in groups(&rest, rules) {
        match rules.ratios {
            Ratios::Split => trades.extend(split(&group)?),
            Ratios::Keep => trades.extend(whole(&group)?),
        }
    }
    Ok(Recognised { trades: named(trades), void })
}

/// The legs of a group made by hand.
fn by_hand<'a>(
    ids: &[String],
    known: &HashMap<&str, &'a StrategyLeg>,
    taken: &HashSet<&str>,
) -> Result<Vec<&'a StrategyLeg>, StrategyError> {
    let mut chosen: Vec<&StrategyLeg> = Vec::new();
    for id in ids {
        let unknown = || StrategyError { leg: id.clone(), fault: LegFault::Unknown };
        let leg = *known.get(id.as_str()).ok_or_else(unknown)?;
        if taken.contains(id.as_str()) || chosen.iter().any(|other| other.id == *id) {
            return Err(leg.fails(LegFault::GroupedTwice));
        }
        if chosen.first().is_some_and(|first| first.underlying != leg.underlying) {
            return Err(leg.fails(LegFault::OtherUnderlying));
        }
        chosen.push(leg);
    }
    Ok(chosen)
}

/// All structures in the legs, the largest first, and what is left.
fn find(pieces: &mut Pieces<'_>) -> Vec<Found> {
    let mut found = verticals::find(pieces);
    found.extend(stock::collars(pieces));
    found.extend(stock::covered_calls(pieces));
    for wanted in pairs::ORDER {
        found.extend(pieces.pair(wanted).into_iter().map(Found::from));
    }
    found.extend(pieces.rest());
    found
}

/// The legs as structures of whole units and a rest.
fn split(legs: &[&StrategyLeg]) -> Result<Vec<StrategyTrade>, StrategyError> {
    let mut pieces = Pieces::of(legs)?;
    let found = find(&mut pieces);
    Ok(found.iter().filter_map(|one| pieces.trade(one)).collect())
}

/// The legs as one trade, of a kind if they are just that.
fn whole(legs: &[&StrategyLeg]) -> Result<Option<StrategyTrade>, StrategyError> {
    let mut pieces = Pieces::of(legs)?;
    let all = Found { kind: Kind::Custom, parts: pieces.all() };
    let found = find(&mut pieces);
    Ok(pieces.trade(if let [only] = found.as_slice() { only } else { &all }))
}

/// The trades in order, each with an id of its own.
fn named(mut trades: Vec<StrategyTrade>) -> Vec<StrategyTrade> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for trade in &mut trades {
        let count = seen.entry(trade.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            trade.id = format!("{}/{count}", trade.id);
        }
    }
    trades.sort_unstable_by(|left, right| (left.opened_at, &left.id).cmp(&(right.opened_at, &right.id)));
    trades
}

impl StrategyLeg {
    fn fails(&self, fault: LegFault) -> StrategyError {
        StrategyError { leg: self.id.clone(), fault }
    }

    fn check(&self) -> Result<(), StrategyError> {
        if self.quantity.is_zero() {
            Err(self.fails(LegFault::NoQuantity))
        } else if !self.multiplier.is_positive() {
            Err(self.fails(LegFault::NonPositiveMultiplier))
        } else if self.option().is_some_and(|option| option.strike.is_negative()) {
            Err(self.fails(LegFault::NegativeStrike))
        } else {
            Ok(())
        }
    }
}
