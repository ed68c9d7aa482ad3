//! How far and how long the curve of cumulative net P&L fell below an earlier peak.

use ledger::{Decimal, Timestamp};

use crate::closed_trade::ClosedTrade;
use crate::column::approximate;
use crate::error::StatisticsError;
use crate::undefined::{Metric, Undefined};

/// The deepest fall of the cumulative net P&L from a peak, trade by trade, the start included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawdown {
    /// Peak minus lowest value after it, in money, above 0. Of two equal falls it is the first.
    pub amount: Decimal,
    /// The largest fall as a share of its peak: 0.25 after a fall from 4000 to 3000. The peak is the opening equity
    /// plus the P&L so far, so there is none without an opening equity. Not always the fall that is the largest in
    /// money.
    pub percent: Metric<f64>,
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

/// One stretch below a peak.
#[derive(Clone, Copy)]
struct Fall {
    peak: Decimal,
    amount: Decimal,
    from: Timestamp,
    to: Timestamp,
    recovered_at: Option<Timestamp>,
    trades: u64,
}

impl Fall {
    const fn at(peak: Decimal, from: Timestamp) -> Self {
        Self { peak, amount: Decimal::ZERO, from, to: from, recovered_at: None, trades: 0 }
    }

    /// Takes in the next value of the curve, which is this far below the peak; returns the stretch that it ends.
    fn advance(&mut self, value: Decimal, below: Decimal, at: Timestamp) -> Option<Self> {
        self.trades += 1;
        if below > self.amount {
            (self.amount, self.to) = (below, at);
        }
        if below.is_positive() {
            return None;
        }
        self.recovered_at = Some(at);
        Some(std::mem::replace(self, Self::at(value, at)))
    }

    /// Whether this fall is a larger share of its peak.
    fn is_steeper(&self, other: &Self) -> bool {
        match (self.amount.checked_mul(other.peak), other.amount.checked_mul(self.peak)) {
            (Some(one), Some(two)) => one > two,
            // Too many digits to multiply: falls that 16 digits do not tell apart have the same share.
            _ => self.share() > other.share(),
        }
    }

    fn share(&self) -> f64 {
        approximate(self.amount) / approximate(self.peak)
    }
}

/// The deepest, the steepest and the longest fall.
struct Worst {
    deepest: Fall,
    steepest: Fall,
    longest: u64,
}

impl Worst {
    fn consider(&mut self, fall: &Fall) {
        if fall.amount.is_zero() {
            return;
        }
        if fall.amount > self.deepest.amount {
            self.deepest = *fall;
        }
        if fall.peak.is_positive() && fall.is_steeper(&self.steepest) {
            self.steepest = *fall;
        }
        self.longest = self.longest.max(fall.trades);
    }
}

/// Of trades in the order of closing.
pub(crate) fn max_drawdown(
    trades: &[ClosedTrade],
    opening_equity: Option<Decimal>,
) -> Result<Metric<Drawdown>, StatisticsError> {
    let Some(begin) = trades.iter().map(|trade| trade.opened_at).min() else {
        return Ok(Err(Undefined::NoTrades));
    };
    let opening = opening_equity.filter(Decimal::is_positive);
    let worst = worst(trades, opening.unwrap_or_default(), begin).ok_or(StatisticsError::Overflow)?;
    let Worst { deepest, steepest, longest } = worst;
    if deepest.amount.is_zero() {
        return Ok(Err(Undefined::NoDrawdown));
    }
    Ok(Ok(Drawdown {
        amount: deepest.amount,
        percent: if opening.is_some() { Ok(steepest.share()) } else { Err(Undefined::NoOpeningEquity) },
        from: deepest.from,
        to: deepest.to,
        recovered_at: deepest.recovered_at,
        trades: deepest.trades,
        longest_trades: longest,
    }))
}

fn worst(trades: &[ClosedTrade], opening: Decimal, begin: Timestamp) -> Option<Worst> {
    // A fall of nothing from one: everything is deeper and steeper.
    let none = Fall::at(Decimal::ONE, begin);
    let mut worst = Worst { deepest: none, steepest: none, longest: 0 };
    let mut current = Fall::at(opening, begin);
    let mut equity = opening;
    for trade in trades {
        equity = equity.checked_add(trade.net)?;
        let below = current.peak.checked_sub(equity)?;
        if let Some(over) = current.advance(equity, below, trade.closed_at) {
            worst.consider(&over);
        }
    }
    worst.consider(&current);
    Some(worst)
}
