//! The curve of cumulative P&L, day by day.

mod thinning;

use super::sum;
use crate::error::Error;
use ledger::Decimal;
use std::collections::BTreeMap;
use time::Date;

pub(crate) use thinning::thin;

/// The curve at the end of a day.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    pub day: Date,
    /// Of the days since the point before.
    pub pnl: Decimal,
    pub trades: u64,
    pub cumulative: Decimal,
    /// Below the highest value so far, the start included.
    pub drawdown: Decimal,
    pub equity: Option<Decimal>,
    /// Time-weighted: product(1 + r), r = the day's P&L / equity before the day. There are no deposits and withdrawals in it.
    pub index: Option<f64>,
}

/// One point for each day of `days` (its P&L and trades), on top of an equity that may not be known.
pub(crate) fn curve(
    days: BTreeMap<Date, (Decimal, u64)>,
    opening: Option<Decimal>,
) -> Result<Vec<Point>, Error> {
    let (mut cumulative, mut peak) = (Decimal::ZERO, Decimal::ZERO);
    let mut lost = false;
    let mut points = Vec::with_capacity(days.len());
    for (day, (pnl, trades)) in days {
        cumulative = sum(cumulative, pnl)?;
        peak = peak.max(cumulative);
        let equity = opening.map(|opening| sum(opening, cumulative)).transpose()?;
        lost |= equity.is_some_and(|equity| !equity.is_positive());
        // Without deposits the product of the daily growth is the growth of the equity.
        let index = match (opening, equity) {
            (Some(opening), Some(equity)) if opening.is_positive() && !lost => {
                Some(equity.to_f64() / opening.to_f64())
            }
            _ => None,
        };
        points.push(Point { day, pnl, trades, cumulative, drawdown: sum(peak, -cumulative)?, equity, index });
    }
    Ok(points)
}
