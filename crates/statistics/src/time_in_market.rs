//! How long trades were held, and how much of the time any was open.

use ledger::{Decimal, Timestamp};

use crate::closed_trade::ClosedTrade;
use crate::error::StatisticsError;
use crate::ratio::Ratio;
use crate::undefined::{Metric, Undefined};

const NANOSECONDS: i128 = 1_000_000_000;

/// The mean time from the first to the last fill of a trade, in seconds.
pub(crate) fn average_hold_seconds(trades: &[ClosedTrade]) -> Result<Metric<Ratio>, StatisticsError> {
    if trades.is_empty() {
        return Ok(Err(Undefined::NoTrades));
    }
    let held: i128 = trades.iter().map(|trade| between(trade.opened_at, trade.closed_at)).sum();
    let count = i128::try_from(trades.len()).map_err(|_| StatisticsError::Overflow)?;
    ratio(held, count * NANOSECONDS).map(Ok)
}

/// The share of the time from the first opening to the last closing in which a trade was open; overlapping trades
/// count once.
pub(crate) fn exposure(trades: &[ClosedTrade]) -> Result<Metric<Ratio>, StatisticsError> {
    let mut spans: Vec<(Timestamp, Timestamp)> =
        trades.iter().map(|trade| (trade.opened_at, trade.closed_at)).collect();
    spans.sort_unstable();
    let Some(&(begin, _)) = spans.first() else { return Ok(Err(Undefined::NoTrades)) };
    let (mut busy, mut end) = (0, begin);
    for (opened, closed) in spans {
        busy += between(opened.max(end), closed).max(0);
        end = end.max(closed);
    }
    match between(begin, end) {
        0 => Ok(Err(Undefined::NoDuration)),
        whole => ratio(busy, whole).map(Ok),
    }
}

fn between(from: Timestamp, to: Timestamp) -> i128 {
    i128::from(to.0) - i128::from(from.0)
}

fn ratio(above: i128, below: i128) -> Result<Ratio, StatisticsError> {
    let exact = |number| Decimal::from_scaled(number, 0).ok_or(StatisticsError::Overflow);
    Ratio::new(exact(above)?, exact(below)?)
}
