//! [`Simulation`]: one trade, bar by bar.

use ledger::{Decimal, Fraction, Timestamp};

use super::{EnteredTrade, ExitPlan, ExitReason, Scale};
use crate::bars::Bar;
use crate::undefined::Metric;

/// Why, when and at which price a trade ended.
type Exit = (ExitReason, Timestamp, Fraction);

/// The orders in the market, as they move.
pub(super) struct Simulation {
    long: bool,
    entry: Fraction,
    /// The stop that is nearest to the market.
    stop: Option<(ExitReason, Fraction)>,
    target: Option<Fraction>,
    /// How far the trailing stop is from the best price.
    trail: Option<Fraction>,
    /// The price from which on the stop is at the entry.
    break_even: Option<Fraction>,
    deadline: Option<Timestamp>,
}

impl Simulation {
    pub(super) fn new(plan: &ExitPlan, trade: &EnteredTrade, scale: &Scale) -> Metric<Self> {
        let level = |distance: Option<_>, in_favour| {
            distance.map_or(Ok(None), |distance| scale.level(distance, in_favour))
        };
        let mut simulation = Self {
            long: scale.long,
            entry: trade.entry_price.clone(),
            stop: level(plan.stop, false)?.map(|price| (ExitReason::Stop, price)),
            target: level(plan.target, true)?,
            trail: plan.trailing_stop.map(|distance| scale.step(distance)).transpose()?,
            break_even: level(plan.break_even_after, true)?,
            deadline: plan.time_limit.map(|limit| Timestamp(trade.entered_at.0.saturating_add(limit))),
        };
        simulation.follow(&trade.entry_price);
        Ok(simulation)
    }

    /// Where the trade ends; `None` without bars.
    pub(super) fn run(&mut self, bars: &[Bar]) -> Option<Exit> {
        bars.iter().find_map(|bar| self.pass(bar)).or_else(|| {
            let last = bars.last()?;
            Some((ExitReason::LastBar, last.end, last.close.into()))
        })
    }

    fn pass(&mut self, bar: &Bar) -> Option<Exit> {
        let exit = self.at_the_open(bar).or_else(|| self.inside(bar));
        if exit.is_none() {
            self.move_stop(&self.in_favour(bar).into());
        }
        exit
    }

    /// The opening price comes first, whatever follows.
    fn at_the_open(&self, bar: &Bar) -> Option<Exit> {
        let open = Fraction::from(bar.open);
        if self.deadline.is_some_and(|deadline| bar.start >= deadline) {
            return Some((ExitReason::TimeLimit, bar.start, open));
        }
        if let Some((reason, stop)) = &self.stop
            && !self.is_better(&open, stop)
        {
            return Some((*reason, bar.start, open));
        }
        let target = self.target.as_ref().filter(|target| !self.is_better(target, &open))?;
        Some((ExitReason::Target, bar.start, target.clone()))
    }

    /// The stop comes first: a bar does not tell.
    fn inside(&self, bar: &Bar) -> Option<Exit> {
        let (against, in_favour) = if self.long { (bar.low, bar.high) } else { (bar.high, bar.low) };
        if let Some((reason, stop)) = &self.stop
            && !self.is_better(&against.into(), stop)
        {
            return Some((*reason, bar.end, stop.clone()));
        }
        let target = self.target.as_ref().filter(|target| !self.is_better(target, &in_favour.into()))?;
        Some((ExitReason::Target, bar.end, target.clone()))
    }

    const fn in_favour(&self, bar: &Bar) -> Decimal {
        if self.long { bar.high } else { bar.low }
    }

    /// Moves the stop behind the best price of a bar that is over.
    fn move_stop(&mut self, best: &Fraction) {
        if self.break_even.as_ref().is_some_and(|level| !self.is_better(level, best)) {
            self.tighten(ExitReason::BreakEvenStop, self.entry.clone());
        }
        self.follow(best);
    }

    fn follow(&mut self, best: &Fraction) {
        if let Some(trail) = &self.trail {
            let stop = if self.long { best - trail } else { best + trail };
            self.tighten(ExitReason::TrailingStop, stop);
        }
    }

    /// A stop never moves away from the market.
    fn tighten(&mut self, reason: ExitReason, price: Fraction) {
        if self.stop.as_ref().is_none_or(|(_, stop)| self.is_better(&price, stop)) {
            self.stop = Some((reason, price));
        }
    }

    /// Whether a price lies further in favour of the trade than the other.
    fn is_better(&self, price: &Fraction, than: &Fraction) -> bool {
        if self.long { price > than } else { price < than }
    }
}
