//! What recognition finds, with what it earned and how it was rolled.

use super::{Group, Holding};
use crate::domain::ids::{GroupId, TradeId};
use ledger::{
    Fraction, RoundTrip,
    strategy::{
        Contract, LegFault, Recognised, Roll, Rules, StrategyError, StrategyLeg, StrategyTrade, Totals, Void,
        chains, recognise, totals,
    },
};
use std::collections::HashMap;

/// A strategy of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub trade: StrategyTrade,
    /// What it earned.
    pub totals: Totals,
    /// The group that made it.
    pub group: Option<GroupId>,
    /// What it was rolled from and to.
    pub links: Option<Links>,
}

/// A chain of rolls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// The id of its first strategy.
    pub id: String,
    /// The ids of its strategies, by opening.
    pub strategies: Vec<String>,
    /// How they continue each other.
    pub rolls: Vec<Roll>,
    /// What all of them earned.
    pub net: Fraction,
}

/// A group that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoidGroup {
    /// The group.
    pub group: Group,
    /// The trade that is in the way.
    pub trade: String,
    /// What is wrong with it.
    pub fault: LegFault,
}

/// The strategies in an account's holdings, each with at least one option, and the groups that do not hold.
pub fn find(
    holdings: &[Holding],
    groups: &[Group],
    rules: &Rules,
) -> Result<(Vec<Found>, Vec<VoidGroup>), StrategyError> {
    let legs: Vec<StrategyLeg> = holdings.iter().map(|holding| holding.leg.clone()).collect();
    let by_hand = groups.iter().map(|group| group.trades.iter().map(TradeId::to_string).collect());
    let rules = Rules { by_hand: by_hand.collect(), ..rules.clone() };
    let Recognised { trades, void } = recognise(&legs, &rules)?;
    let trips: HashMap<&str, _> =
        holdings.iter().map(|holding| (holding.leg.id.as_str(), &holding.trip)).collect();
    let trip = |id: &str| trips.get(id).copied();
    let links = links(&trades, &legs, &rules, trip)?;
    let void: Vec<VoidGroup> = void.into_iter().filter_map(|void| void_group(groups, void)).collect();
    let applied = groups.iter().filter(|group| !void.iter().any(|void| void.group.id == group.id));
    let made_by: HashMap<String, GroupId> =
        applied.flat_map(|group| group.trades.iter().map(|trade| (trade.to_string(), group.id))).collect();
    let mut found = Vec::new();
    for trade in trades.iter().filter(|trade| has_option(trade)) {
        if let Some(totals) = totals([trade], trip)? {
            let group = trade.parts.first().and_then(|part| made_by.get(&part.leg)).copied();
            let links = links.get(&trade.id).cloned();
            found.push(Found { trade: trade.clone(), totals, group, links });
        }
    }
    Ok((found, void))
}

fn has_option(trade: &StrategyTrade) -> bool {
    trade.parts.iter().any(|part| matches!(part.contract, Contract::Option(_)))
}

fn void_group(groups: &[Group], void: Void) -> Option<VoidGroup> {
    let group = groups.get(void.group)?.clone();
    Some(VoidGroup { group, trade: void.error.leg, fault: void.error.fault })
}

/// The chains of more than one strategy, by the ids of these.
fn links<'a>(
    trades: &'a [StrategyTrade],
    legs: &[StrategyLeg],
    rules: &Rules,
    trip: impl Fn(&str) -> Option<&'a RoundTrip> + Copy,
) -> Result<HashMap<String, Links>, StrategyError> {
    let by_id: HashMap<&str, &StrategyTrade> =
        trades.iter().map(|trade| (trade.id.as_str(), trade)).collect();
    let mut links = HashMap::new();
    for chain in chains(trades, legs, rules).into_iter().filter(|chain| chain.trades.len() > 1) {
        let members = chain.trades.iter().filter_map(|id| by_id.get(id.as_str()).copied());
        let net = totals(members, trip)?.map(|totals| totals.sums.net).unwrap_or_default();
        let all = Links { id: chain.id, strategies: chain.trades.clone(), rolls: chain.rolls, net };
        links.extend(chain.trades.into_iter().map(|id| (id, all.clone())));
    }
    Ok(links)
}
