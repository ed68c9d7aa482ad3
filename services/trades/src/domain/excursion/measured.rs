//! How far closed trades went by price bars.

use crate::domain::{ids::TradeId, matching::stored};
use ledger::{Decimal, Direction, Execution, Fraction, Timestamp, Valuation};
use statistics::{Bar, Bars, Trip};

/// One fill of a closed trade, and what the market did until the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The trade.
    pub trade: TradeId,
    /// Long or short.
    pub direction: Direction,
    /// Money per point of price and unit of quantity.
    pub multiplier: Decimal,
    /// What of the trade's first fill closed the trade before.
    pub opening_closed_quantity: Fraction,
    /// What was traded.
    pub execution: Execution,
    /// The bars that lie wholly before the next fill, as one; `None`: there are none.
    pub passed: Option<Passed>,
}

/// What the market did between two fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// The time of the next fill.
    pub until: Timestamp,
    /// The lowest price.
    pub low: Decimal,
    /// The highest price.
    pub high: Decimal,
}

/// How far a trade went, with nothing left unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The trade.
    pub trade: TradeId,
    /// The lowest price, of fills too.
    pub low: Decimal,
    /// The highest price, of fills too.
    pub high: Decimal,
    /// Money before costs; not above 0.
    pub mae: Decimal,
    /// Not below 0.
    pub mfe: Decimal,
}

/// Follows one trade from its first step to its last.
///
/// `None` where no bar lies between two fills: the fills alone would say that it went nowhere. Nor is anything known where the
/// steps are not the whole trade.
pub fn measured(steps: &[Step]) -> Option<Measured> {
    let first = steps.first()?;
    let executions: Vec<Execution> = steps.iter().map(|step| step.execution.clone()).collect();
    let bars: Vec<Bar> = steps.iter().filter_map(bar).collect();
    if bars.is_empty() {
        return None;
    }
    let trip = Trip {
        direction: first.direction,
        multiplier: first.multiplier,
        valuation: Valuation::Linear,
        executions: &executions,
        opening_closed_quantity: first.opening_closed_quantity.clone(),
        risk: None,
    };
    let seen = statistics::Excursion::of(&trip, &Bars::new(bars).ok()?).ok()?;
    if seen.capture == Err(statistics::Undefined::StillOpen) {
        return None;
    }
    let price = |price: statistics::Metric<Fraction>| stored(&price.ok()?);
    Some(Measured {
        trade: first.trade,
        low: price(seen.lowest)?,
        high: price(seen.highest)?,
        mae: stored(&seen.mae)?,
        mfe: stored(&seen.mfe)?,
    })
}

/// While the position stays as it is, only the extremes of the bars matter: one bar has them all.
fn bar(step: &Step) -> Option<Bar> {
    let Passed { until, low, high } = step.passed?;
    Some(Bar { start: step.execution.time, end: until, open: low, high, low, close: low })
}
