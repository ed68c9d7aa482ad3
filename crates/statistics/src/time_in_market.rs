//! How long trades were held, and how much of the time any was open.

use ledger::{Decimal, Fraction, Timestamp};

use crate::ratio::Ratio;
use crate::trades::Trades;
use crate::undefined::{Metric, Undefined};

const NANOSECONDS: i128 = 1_000_000_000;

/// The mean time from the first to the last fill of a trade, in seconds.
pub(crate) fn average_hold_seconds(trades: &Trades) -> Metric<Ratio> {
    let columns = trades.columns();
    let spans = columns.opened_at.iter().zip(&columns.closed_at);
    let held: i128 = spans.map(|(opened, closed)| i128::from(length(*opened, *closed))).sum();
    let count = i128::try_from(trades.len()).unwrap_or(i128::MAX);
    ratio(held, count * NANOSECONDS).ok_or(Undefined::NoTrades)
}

/// The share of the time from the first opening to the last closing in which a trade was open; overlapping trades
/// count once.
pub(crate) fn exposure(trades: &Trades) -> Metric<Ratio> {
    let columns = trades.columns();
    let last = columns.closed_at.last().copied().ok_or(Undefined::NoTrades)?;
    // From the last closing backwards: what lies behind the earliest opening so far is counted already.
    let (mut busy, mut begin) = (0_i128, last);
    for (opened, closed) in columns.opened_at.iter().zip(&columns.closed_at).rev() {
        busy += i128::from(length(*opened, begin.min(*closed).max(*opened)));
        begin = begin.min(*opened);
    }
    ratio(busy, between(begin, last)).ok_or(Undefined::NoDuration)
}

/// A quantity that was held from one time to another, such as a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldQuantity {
    /// The quantity; above 0.
    pub quantity: Fraction,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was closed.
    pub closed_at: Timestamp,
}

crate::catalogue::metric! {
    const WEIGHTED_HOLD = {
        id: "weighted_hold_seconds",
        name: "Holding time by quantity",
        unit: "seconds",
        formula: "sum(quantity x (closing - opening)) / sum(quantity) over the legs",
        edges: "A partial exit counts from its own closing on. Null with `no-trades` without a quantity.",
        source: "common usage",
    };
    pub fn weighted_hold_seconds<'a>(legs: impl IntoIterator<Item = &'a HeldQuantity>) -> Metric<Ratio> {
        let (mut weighted, mut total) = (Fraction::ZERO, Fraction::ZERO);
        for HeldQuantity { quantity, opened_at, closed_at } in legs {
            weighted += quantity * exact(between(*opened_at, *closed_at));
            total += quantity;
        }
        Ratio::of(&weighted, &(total * exact(NANOSECONDS))).ok_or(Undefined::NoTrades)
    }
}

/// The same for times in order, which 64 bits hold.
const fn length(from: Timestamp, to: Timestamp) -> u64 {
    to.0.wrapping_sub(from.0).cast_unsigned()
}

fn between(from: Timestamp, to: Timestamp) -> i128 {
    i128::from(to.0) - i128::from(from.0)
}

fn ratio(above: i128, below: i128) -> Option<Ratio> {
    Ratio::of(&exact(above), &exact(below))
}

fn exact(number: i128) -> Fraction {
    Decimal::from_scaled(number, 0).map(Fraction::from).unwrap_or_default()
}
