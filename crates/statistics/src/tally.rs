//! Wins, losses and scratches, and what each side adds up to.

use ledger::Fraction;

use crate::amounts::{Amounts, Number, over};
use crate::estimate::Estimate;
use crate::ratio::{ProfitFactor, Ratio, whole};
use crate::streaks::Streaks;
use crate::undefined::{Metric, Undefined};
use crate::wilson::wilson;

/// Counts and sums over all trades.
#[derive(Debug)]
pub(crate) struct Tally {
    pub(crate) trades: u64,
    pub(crate) streaks: Streaks,
    pub(crate) net: Fraction,
    pub(crate) gross_profit: Fraction,
    pub(crate) gross_loss: Fraction,
    largest: Fraction,
    smallest: Fraction,
}

impl Tally {
    /// A net amount within the tolerance of zero is a scratch.
    pub(crate) fn of(nets: &Amounts, tolerance: &Fraction) -> Self {
        over!(nets, |values, unit| count(values, unit, tolerance))
    }

    pub(crate) const fn scratches(&self) -> u64 {
        self.trades - self.streaks.wins - self.streaks.losses
    }

    /// What every figure needs.
    pub(crate) const fn some_trades(&self) -> Metric<()> {
        if self.trades == 0 { Err(Undefined::NoTrades) } else { Ok(()) }
    }

    fn some_wins(&self) -> Metric<()> {
        self.some_trades()?;
        if self.streaks.wins == 0 { Err(Undefined::NoWins) } else { Ok(()) }
    }

    fn some_losses(&self) -> Metric<()> {
        self.some_trades()?;
        if self.streaks.losses == 0 { Err(Undefined::NoLosses) } else { Ok(()) }
    }

    fn some_decided(&self) -> Metric<()> {
        self.some_trades()?;
        if self.streaks.wins + self.streaks.losses == 0 { Err(Undefined::OnlyScratches) } else { Ok(()) }
    }

    pub(crate) fn win_rate(&self) -> Metric<Estimate> {
        wilson(self.streaks.wins, self.trades)
    }

    pub(crate) fn win_rate_without_scratches(&self) -> Metric<Ratio> {
        self.some_decided()?;
        Ok(Ratio::of_counts(self.streaks.wins, self.streaks.wins + self.streaks.losses))
    }

    pub(crate) fn profit_factor(&self) -> Metric<ProfitFactor> {
        self.some_decided()?;
        let finite = Ratio::of(&self.gross_profit, &self.gross_loss).map(ProfitFactor::Finite);
        Ok(finite.unwrap_or(ProfitFactor::Infinite))
    }

    pub(crate) fn payoff_ratio(&self) -> Metric<Ratio> {
        let (win, loss) = (self.average_win()?, self.average_loss()?);
        Ratio::of(&win, &-loss).ok_or(Undefined::NoLosses)
    }

    /// p - (1 - p) / payoff with p = wins / (wins + losses), as one quotient:
    /// wins x (`gross_profit` - `gross_loss`) / ((wins + losses) x `gross_profit`).
    pub(crate) fn kelly(&self) -> Metric<Ratio> {
        self.some_wins()?;
        self.some_losses()?;
        let wins = whole(self.streaks.wins);
        let advantage = &self.gross_profit - &self.gross_loss;
        let all = whole(self.streaks.wins + self.streaks.losses);
        Ratio::of(&(advantage * wins), &(all * &self.gross_profit)).ok_or(Undefined::NoWins)
    }

    pub(crate) fn expectancy(&self) -> Metric<Fraction> {
        self.net.checked_div(&whole(self.trades)).ok_or(Undefined::NoTrades)
    }

    pub(crate) fn average_win(&self) -> Metric<Fraction> {
        self.some_wins()?;
        self.gross_profit.checked_div(&whole(self.streaks.wins)).ok_or(Undefined::NoWins)
    }

    pub(crate) fn average_loss(&self) -> Metric<Fraction> {
        self.some_losses()?;
        (-&self.gross_loss).checked_div(&whole(self.streaks.losses)).ok_or(Undefined::NoLosses)
    }

    pub(crate) fn largest_win(&self) -> Metric<Fraction> {
        self.some_wins().map(|()| self.largest.clone())
    }

    pub(crate) fn largest_loss(&self) -> Metric<Fraction> {
        self.some_losses().map(|()| self.smallest.clone())
    }
}

fn count<N: Number>(values: &[N], unit: i128, tolerance: &Fraction) -> Tally {
    let above = N::at_most(tolerance, unit);
    let below = -above.clone();
    let mut streaks = Streaks::default();
    let (mut net, mut profit, mut loss) = (N::default(), N::default(), N::default());
    let (mut highest, mut lowest) = (N::default(), N::default());
    for value in values {
        let (won, fell) = (*value > above, *value < below);
        streaks.add(i8::from(won) - i8::from(fell));
        net += value;
        profit += &value.if_kept(won);
        loss += &value.if_kept(fell);
        highest = value.clone().max(highest);
        lowest = value.clone().min(lowest);
    }
    Tally {
        trades: u64::try_from(values.len()).unwrap_or(u64::MAX),
        streaks,
        net: net.exact(unit),
        gross_profit: profit.exact(unit),
        gross_loss: (-loss).exact(unit),
        largest: highest.exact(unit),
        smallest: lowest.exact(unit),
    }
}
