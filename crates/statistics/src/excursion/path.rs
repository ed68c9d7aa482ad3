//! [`Path`]: the position, the money and the extremes of a trade, fill by fill.

use ledger::{Direction, Execution, Fraction, Side, Valuation};

use super::Trip;
use crate::bars::{Bar, Bars};
use crate::undefined::{Metric, Undefined};

/// What a trade went through.
pub(super) struct Seen {
    pub(super) low: Fraction,
    pub(super) high: Fraction,
    pub(super) worst: Fraction,
    pub(super) best: Fraction,
    /// The average entry.
    pub(super) entry: Fraction,
    /// The average exit.
    pub(super) exit: Metric<Fraction>,
    /// The P&L before costs, once everything is closed.
    pub(super) gross: Metric<Fraction>,
    pub(super) bars: u64,
}

/// A trade in progress.
pub(super) struct Path {
    direction: Direction,
    valuation: Valuation,
    multiplier: Fraction,
    /// Above 0 long, below 0 short.
    position: Fraction,
    /// The P&L if the position were worth nothing.
    cash: Fraction,
    low: Fraction,
    high: Fraction,
    worst: Fraction,
    best: Fraction,
    entries: Total,
    exits: Total,
    bars: u64,
}

/// The quantity of all entries, or of all exits, and the sum of quantity x f(price).
#[derive(Default)]
struct Total {
    quantity: Fraction,
    value: Fraction,
}

impl Path {
    pub(super) fn follow(trip: &Trip<'_>, bars: &Bars) -> Metric<Seen> {
        let first = trip.executions.first().ok_or(Undefined::NoTrades)?;
        let mut path = Self::at(trip, &first.price);
        let mut closed_before = trip.opening_closed_quantity.clone();
        let next = trip.executions.iter().skip(1).map(Some).chain([None]);
        for (execution, next) in trip.executions.iter().zip(next) {
            path.trade(execution, &std::mem::take(&mut closed_before))?;
            if let Some(next) = next {
                path.pass(bars.within(execution.time, next.time))?;
            }
        }
        Ok(path.finish())
    }

    fn at(trip: &Trip<'_>, price: &Fraction) -> Self {
        Self {
            direction: trip.direction,
            valuation: trip.valuation,
            multiplier: trip.multiplier.into(),
            position: Fraction::ZERO,
            cash: Fraction::ZERO,
            low: price.clone(),
            high: price.clone(),
            worst: Fraction::ZERO,
            best: Fraction::ZERO,
            entries: Total::default(),
            exits: Total::default(),
            bars: 0,
        }
    }

    fn trade(&mut self, execution: &Execution, closed_before: &Fraction) -> Metric<()> {
        let Execution { side, quantity, price, .. } = execution;
        self.look(price, price)?;
        let value = value(self.valuation, price)?;
        let adds = side.opens() == self.direction;
        let (quantity, total) = if adds {
            (quantity - closed_before, &mut self.entries)
        } else {
            (quantity.min(&self.position.clone().abs()).clone(), &mut self.exits)
        };
        let worth = &quantity * &value;
        total.quantity += &quantity;
        total.value += &worth;
        match side {
            Side::Buy => {
                self.position += &quantity;
                self.cash -= &(worth * &self.multiplier);
            }
            Side::Sell => {
                self.position -= &quantity;
                self.cash += &(worth * &self.multiplier);
            }
        }
        Ok(())
    }

    /// The position stays as it is for some bars: only their extremes matter.
    fn pass(&mut self, bars: &[Bar]) -> Metric<()> {
        self.bars += u64::try_from(bars.len()).unwrap_or(u64::MAX);
        let low = bars.iter().map(|bar| bar.low).min();
        let high = bars.iter().map(|bar| bar.high).max();
        match (low, high) {
            (Some(low), Some(high)) => self.look(&low.into(), &high.into()),
            _ => Ok(()),
        }
    }

    /// The market went from one price to the other.
    fn look(&mut self, low: &Fraction, high: &Fraction) -> Metric<()> {
        for price in [low, high] {
            self.low = price.min(&self.low).clone();
            self.high = price.max(&self.high).clone();
            let open = &self.position * &value(self.valuation, price)? * &self.multiplier;
            let profit = &self.cash + open;
            self.worst = profit.clone().min(std::mem::take(&mut self.worst));
            self.best = profit.max(std::mem::take(&mut self.best));
        }
        Ok(())
    }

    fn finish(self) -> Seen {
        let average = |total: &Total| {
            let value = total.value.checked_div(&total.quantity)?;
            Some(self.valuation.price(&value))
        };
        Seen {
            entry: average(&self.entries).unwrap_or_default(),
            exit: average(&self.exits).ok_or(Undefined::StillOpen),
            gross: if self.position.is_zero() { Ok(self.cash) } else { Err(Undefined::StillOpen) },
            low: self.low,
            high: self.high,
            worst: self.worst,
            best: self.best,
            bars: self.bars,
        }
    }
}

/// f(price).
pub(crate) fn value(valuation: Valuation, price: &Fraction) -> Metric<Fraction> {
    match valuation {
        Valuation::Inverse if !price.is_positive() => Err(Undefined::NoInversePrice),
        Valuation::Inverse | Valuation::Linear => valuation.value(price).ok_or(Undefined::NoInversePrice),
    }
}
