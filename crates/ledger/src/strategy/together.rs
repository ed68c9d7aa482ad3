//! Which legs were opened together.

use std::collections::HashMap;

use super::sets::Sets;
use super::{Rules, StrategyLeg};

/// Groups legs, sorted by underlying and opening, that share their underlying and an order or an instant.
///
/// An instant begins with its first leg and lasts for the tolerance. What an order and an instant have in common
/// joins all that belongs to either.
pub(super) fn groups<'a>(legs: &[&'a StrategyLeg], rules: &Rules) -> Vec<Vec<&'a StrategyLeg>> {
    let mut sets = Sets::of(legs.len());
    let mut orders: HashMap<(&str, &str), usize> = HashMap::new();
    let mut instant: Option<(usize, &StrategyLeg)> = None;
    for (index, leg) in legs.iter().enumerate() {
        match instant {
            Some((first, opened))
                if opened.underlying == leg.underlying && rules.at_once(&opened.opened, &leg.opened) =>
            {
                sets.join(first, index);
            }
            _ => instant = Some((index, leg)),
        }
        if let Some(order) = &leg.opened.order {
            sets.join(*orders.entry((&leg.underlying, order)).or_insert(index), index);
        }
    }
    let group = |set: Vec<usize>| set.into_iter().filter_map(|index| legs.get(index).copied()).collect();
    sets.list().into_iter().map(group).collect()
}
