//! What another exit would have made of the same entries.
//!
//! A bar does not tell in which order its prices came. Where that matters the answer is the one that is worse for the
//! trader: the stop comes before the target, a stop that the market jumped over fills at the opening price, a target at
//! its own price and never better, and a stop that moved counts from the next bar on.

mod comparison;
mod levels;
mod simulation;

use ledger::{Decimal, Direction, Fraction, Timestamp, Valuation};

use crate::bars::Bars;
use crate::undefined::{Metric, Undefined};
pub use comparison::WhatIf;
pub(crate) use comparison::{ABOUT, METRICS};
use levels::Scale;
use simulation::Simulation;

/// How far from the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Distance {
    /// In price; above 0.
    Price(Decimal),
    /// In percent of the entry price; above 0.
    Percent(Decimal),
    /// In multiples of what was at stake; above 0.
    R(Decimal),
}

/// When to leave. All rules that are set hold at once; with none, a trade is held to the last bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExitPlan {
    /// A stop that stays where it is.
    pub stop: Option<Distance>,
    /// A target that stays where it is.
    pub target: Option<Distance>,
    /// A stop that follows the best price so far at this distance, from the entry on.
    pub trailing_stop: Option<Distance>,
    /// The stop moves to the entry once the price has gone this far in favour.
    pub break_even_after: Option<Distance>,
    /// The longest time to hold (nanoseconds): out at the opening price of the first bar that begins then or later.
    pub time_limit: Option<i64>,
}

/// An entry whose exit is to be tried anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnteredTrade {
    /// Long or short.
    pub direction: Direction,
    /// When the position was complete; bars from here on count.
    pub entered_at: Timestamp,
    /// The average entry price.
    pub entry_price: Fraction,
    /// The quantity entered; above 0.
    pub quantity: Fraction,
    /// Money per point of price and unit of quantity.
    pub multiplier: Decimal,
    /// How a price becomes money.
    pub valuation: Valuation,
    /// What was at stake when it opened (money); zero and below count as `None`.
    pub risk: Option<Decimal>,
    /// What the trade really made before costs (money).
    pub gross: Fraction,
}

/// Why a trade ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExitReason {
    /// The fixed stop.
    Stop,
    /// The stop at the entry.
    BreakEvenStop,
    /// The trailing stop.
    TrailingStop,
    /// The target.
    Target,
    /// The time was over.
    TimeLimit,
    /// The bars were over; out at the last closing price.
    LastBar,
}

/// The exit that a plan would have made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedExit {
    /// Why.
    pub reason: ExitReason,
    /// When: the beginning of its bar for an opening price, else the end of its bar.
    pub at: Timestamp,
    /// At which price.
    pub price: Fraction,
    /// What the trade would have made before costs (money): direction x quantity x multiplier x (f(price) - f(entry)).
    pub gross: Fraction,
    /// The same as a multiple of the risk.
    pub r: Metric<Fraction>,
}

impl ExitPlan {
    /// Leaves one trade by this plan; the time is that of the bars up to the exit.
    ///
    /// [`Undefined::NoBars`] without a bar after the entry, [`Undefined::NoRisk`] where a distance in R meets a trade
    /// without a risk, [`Undefined::NoInversePrice`] where an inverse contract meets a price of zero or below.
    pub fn exit(&self, trade: &EnteredTrade, bars: &Bars) -> Metric<PlannedExit> {
        let scale = Scale::of(trade)?;
        let mut simulation = Simulation::new(self, trade, &scale)?;
        let (reason, at, price) = simulation.run(bars.since(trade.entered_at)).ok_or(Undefined::NoBars)?;
        let gross = scale.gross(&price)?;
        let risk = trade.risk.filter(Decimal::is_positive).map(Fraction::from);
        let r = risk.and_then(|risk| gross.checked_div(&risk)).ok_or(Undefined::NoRisk);
        Ok(PlannedExit { reason, at, price, gross, r })
    }
}
