//! How far and how long the curve of cumulative net P&L fell below an earlier peak.

mod curve;

use ledger::{Fraction, Timestamp};

use crate::amounts::over;
use crate::ratio::Ratio;
use crate::trades::Trades;
use crate::undefined::{Metric, Undefined};

pub(crate) use curve::falls;

/// The deepest fall of the cumulative net P&L from a peak, trade by trade, the start included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawdown {
    /// Peak minus lowest value after it, in money, above 0. Of two equal falls it is the first.
    pub amount: Fraction,
    /// The largest fall as a share of its peak: 0.25 after a fall from 4000 to 3000. The peak is the opening equity
    /// plus the P&L so far, so there is none without an opening equity. Not always the fall that is the largest in
    /// money.
    pub share: Metric<Ratio>,
    /// When the peak was reached: the last trade at that level closed, or the first trade opened if the curve never
    /// rose above its start.
    pub from: Timestamp,
    /// When the lowest value was reached.
    pub to: Timestamp,
    /// When the curve was back at the peak; `None` if it is still below.
    pub recovered_at: Option<Timestamp>,
    /// Trades from the peak to the recovery, that one included, or to the last trade.
    pub trades: u64,
    /// The same count for the longest drawdown, which need not be the deepest.
    pub longest_trades: u64,
}

/// Of trades in the order of closing.
pub(crate) fn max_drawdown(trades: &Trades, opening_equity: Option<&Fraction>) -> Metric<Drawdown> {
    let opening = opening_equity.filter(|equity| equity.is_positive());
    let base = opening.cloned().unwrap_or_default();
    let columns = trades.columns();
    let begin = columns.opened_at.iter().min().copied().ok_or(Undefined::NoTrades)?;
    let falls = over!(columns.net, |values, unit| falls(values, unit, &base));
    let (deepest, share) = (falls.deepest.ok_or(Undefined::NoDrawdown)?, falls.share);
    // Point 0 of the curve is the start, point k the closing of trade k - 1.
    let at = |point: usize| {
        point.checked_sub(1).and_then(|trade| columns.closed_at.get(trade)).copied().unwrap_or(begin)
    };
    let last = deepest.recovery.unwrap_or(trades.len());
    Ok(Drawdown {
        amount: deepest.amount,
        share: if opening.is_some() { Ok(Ratio::new(share)) } else { Err(Undefined::NoOpeningEquity) },
        from: at(deepest.peak),
        to: at(deepest.lowest),
        recovered_at: deepest.recovery.map(at),
        trades: u64::try_from(last - deepest.peak).unwrap_or(u64::MAX),
        longest_trades: u64::try_from(falls.longest).unwrap_or(u64::MAX),
    })
}
