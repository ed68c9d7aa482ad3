//! Wins, losses and scratches, and what each side adds up to.

use ledger::{Decimal, Fraction};

use crate::closed_trade::ClosedTrade;
use crate::error::StatisticsError;
use crate::estimate::Estimate;
use crate::ratio::{ProfitFactor, Ratio, quotient, whole};
use crate::undefined::{Metric, Undefined};
use crate::wilson::wilson;

/// What a trade came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Win,
    Loss,
    Scratch,
}

impl Outcome {
    /// A net amount within the tolerance of zero is a scratch.
    pub(crate) fn of(net: Decimal, tolerance: Decimal) -> Self {
        if net.abs() <= tolerance {
            Self::Scratch
        } else if net.is_positive() {
            Self::Win
        } else {
            Self::Loss
        }
    }
}

/// Counts and sums over all trades.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) trades: u64,
    pub(crate) wins: u64,
    pub(crate) losses: u64,
    pub(crate) scratches: u64,
    pub(crate) gross: Decimal,
    pub(crate) net: Decimal,
    pub(crate) commissions: Decimal,
    pub(crate) fees: Decimal,
    pub(crate) volume: Decimal,
    pub(crate) gross_profit: Decimal,
    pub(crate) gross_loss: Decimal,
    largest_win: Decimal,
    largest_loss: Decimal,
}

impl Tally {
    /// Adds one trade; `None` when a sum has too many digits.
    fn add(&mut self, trade: &ClosedTrade, outcome: Outcome) -> Option<()> {
        self.trades += 1;
        self.gross = self.gross.checked_add(trade.gross)?;
        self.net = self.net.checked_add(trade.net)?;
        self.commissions = self.commissions.checked_add(trade.commissions)?;
        self.fees = self.fees.checked_add(trade.fees)?;
        self.volume = self.volume.checked_add(trade.volume)?;
        match outcome {
            Outcome::Win => {
                self.wins += 1;
                self.gross_profit = self.gross_profit.checked_add(trade.net)?;
                self.largest_win = self.largest_win.max(trade.net);
            }
            Outcome::Loss => {
                self.losses += 1;
                self.gross_loss = self.gross_loss.checked_sub(trade.net)?;
                self.largest_loss = self.largest_loss.min(trade.net);
            }
            Outcome::Scratch => self.scratches += 1,
        }
        Some(())
    }

    pub(crate) fn of(trades: &[ClosedTrade], outcomes: &[Outcome]) -> Result<Self, StatisticsError> {
        let mut tally = Self::default();
        let added = trades.iter().zip(outcomes).try_for_each(|(trade, outcome)| tally.add(trade, *outcome));
        added.ok_or(StatisticsError::Overflow)?;
        Ok(tally)
    }

    /// What every figure needs.
    pub(crate) const fn some_trades(&self) -> Metric<()> {
        if self.trades == 0 { Err(Undefined::NoTrades) } else { Ok(()) }
    }

    fn some_wins(&self) -> Metric<()> {
        self.some_trades()?;
        if self.wins == 0 { Err(Undefined::NoWins) } else { Ok(()) }
    }

    fn some_losses(&self) -> Metric<()> {
        self.some_trades()?;
        if self.losses == 0 { Err(Undefined::NoLosses) } else { Ok(()) }
    }

    fn some_decided(&self) -> Metric<()> {
        self.some_trades()?;
        if self.wins + self.losses == 0 { Err(Undefined::OnlyScratches) } else { Ok(()) }
    }

    pub(crate) fn win_rate(&self) -> Metric<Estimate> {
        wilson(self.wins, self.trades)
    }

    pub(crate) fn win_rate_without_scratches(&self) -> Result<Metric<Ratio>, StatisticsError> {
        defined(self.some_decided(), || Ratio::new(whole(self.wins), whole(self.wins + self.losses)))
    }

    pub(crate) fn profit_factor(&self) -> Result<Metric<ProfitFactor>, StatisticsError> {
        defined(self.some_decided(), || {
            if self.losses == 0 {
                return Ok(ProfitFactor::Infinite);
            }
            Ratio::new(self.gross_profit, self.gross_loss).map(ProfitFactor::Finite)
        })
    }

    /// (`gross_profit` / wins) / (`gross_loss` / losses), as one quotient.
    pub(crate) fn payoff_ratio(&self) -> Result<Metric<Ratio>, StatisticsError> {
        defined(self.some_wins().and(self.some_losses()), || {
            Ratio::new(times(self.gross_profit, self.losses)?, times(self.gross_loss, self.wins)?)
        })
    }

    /// p - (1 - p) / payoff with p = wins / (wins + losses), as one quotient:
    /// wins x (`gross_profit` - `gross_loss`) / ((wins + losses) x `gross_profit`).
    pub(crate) fn kelly(&self) -> Result<Metric<Ratio>, StatisticsError> {
        defined(self.some_wins().and(self.some_losses()), || {
            let advantage =
                self.gross_profit.checked_sub(self.gross_loss).ok_or(StatisticsError::Overflow)?;
            Ratio::new(times(advantage, self.wins)?, times(self.gross_profit, self.wins + self.losses)?)
        })
    }

    pub(crate) fn average_win(&self) -> Result<Metric<Fraction>, StatisticsError> {
        defined(self.some_wins(), || quotient(self.gross_profit, whole(self.wins)))
    }

    pub(crate) fn average_loss(&self) -> Result<Metric<Fraction>, StatisticsError> {
        defined(self.some_losses(), || quotient(-self.gross_loss, whole(self.losses)))
    }

    pub(crate) fn largest_win(&self) -> Metric<Decimal> {
        self.some_wins().map(|()| self.largest_win)
    }

    pub(crate) fn largest_loss(&self) -> Metric<Decimal> {
        self.some_losses().map(|()| self.largest_loss)
    }
}

/// The figure if it exists; the outer error is one of arithmetic.
pub(crate) fn defined<T>(
    exists: Metric<()>,
    figure: impl FnOnce() -> Result<T, StatisticsError>,
) -> Result<Metric<T>, StatisticsError> {
    match exists {
        Ok(()) => figure().map(Ok),
        Err(undefined) => Ok(Err(undefined)),
    }
}

fn times(amount: Decimal, count: u64) -> Result<Decimal, StatisticsError> {
    amount.checked_mul(whole(count)).ok_or(StatisticsError::Overflow)
}
