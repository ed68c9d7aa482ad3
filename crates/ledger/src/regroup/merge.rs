//! Several round trips as one trade.

use std::collections::BTreeSet;

use super::places::{Places, Refusal};
use super::{RegroupFault, Trade};

/// Consecutive round trips of one book that are one trade.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Merge {
    /// The executions that open them, in any order.
    pub trades: Vec<String>,
}

impl Merge {
    pub(super) fn apply<K: Clone>(&self, places: &mut Places<'_, K>) -> Result<Trade<K>, Refusal> {
        let mut found =
            self.trades.iter().map(|id| Ok((places.find(id)?, id))).collect::<Result<Vec<_>, Refusal>>()?;
        let refuse = |id: &String, fault| Err((id.clone(), fault));
        let mut ids = BTreeSet::new();
        if let Some(twice) = self.trades.iter().find(|id| !ids.insert(*id)) {
            return refuse(twice, RegroupFault::Twice);
        }
        let book = found.first().map(|(place, _)| place.number);
        if let Some((_, id)) = found.iter().find(|(place, _)| Some(place.number) != book) {
            return refuse(id, RegroupFault::OtherBook);
        }
        found.sort_unstable_by_key(|(place, _)| place.trip);
        if let Some(gap) = found.windows(2).find_map(|pair| match pair {
            [(before, id), (after, _)] if before.trip + 1 != after.trip => Some(*id),
            _ => None,
        }) {
            return refuse(gap, RegroupFault::NotConsecutive);
        }
        let [(first, _), .., (last, _)] = found.as_slice() else {
            return Err((self.trades.first().cloned().unwrap_or_default(), RegroupFault::TooFew));
        };
        let trade = Trade::of(first, first.trip..last.trip + 1);
        for (place, _) in &found {
            places.take(place);
        }
        trade.ok_or_else(|| (String::new(), RegroupFault::TooFew))
    }
}
