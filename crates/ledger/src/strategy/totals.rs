//! What strategy trades have earned: the sums of their round trips.

use super::{LegFault, Part, StrategyError, StrategyTrade};
use crate::{RoundTrip, Sums, Timestamp};

/// What strategy trades have earned so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// When the first round trip was opened.
    pub opened_at: Timestamp,
    /// When the last round trip was closed; `None` while any is open.
    pub closed_at: Option<Timestamp>,
    /// What was realised: each round trip by the share that belongs to the trade. All trades that share a leg
    /// together have all of it.
    pub sums: Sums,
}

/// The totals of a trade, or of the trades of a [`Chain`](super::Chain); `round_trip` finds the round trip of a leg
/// by its id. `None` without trades.
pub fn totals<'a>(
    trades: impl IntoIterator<Item = &'a StrategyTrade>,
    round_trip: impl Fn(&str) -> Option<&'a RoundTrip>,
) -> Result<Option<Totals>, StrategyError> {
    let mut totals = None;
    for part in trades.into_iter().flat_map(|trade| &trade.parts) {
        let unknown = || StrategyError { leg: part.leg.clone(), fault: LegFault::Unknown };
        add(&mut totals, part, round_trip(&part.leg).ok_or_else(unknown)?);
    }
    Ok(totals)
}

fn add(totals: &mut Option<Totals>, part: &Part, trip: &RoundTrip) {
    let (opened_at, closed_at) = (trip.opened_at, trip.closed_at);
    let so_far = totals.get_or_insert_with(|| Totals { opened_at, closed_at, sums: Sums::default() });
    so_far.opened_at = so_far.opened_at.min(opened_at);
    so_far.closed_at = so_far.closed_at.zip(closed_at).map(|(one, other)| one.max(other));
    so_far.sums += &Sums::from(trip).share(&part.share);
}
