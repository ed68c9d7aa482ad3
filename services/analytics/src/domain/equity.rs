//! The curve of cumulative P&L and equity, day by day.

mod thinning;

use ledger::Fraction;
use statistics::EquityDay;
use std::collections::BTreeMap;
use time::Date;

pub(crate) use thinning::thin;

/// The curve at the end of a day.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    /// Its P&L and flow are those of the days since the point before.
    pub day: EquityDay,
    pub trades: u64,
}

/// The days on which something happened: a trade closed, or money came or went.
pub(crate) fn points(curve: Vec<EquityDay>, trades: &BTreeMap<Date, u64>) -> Vec<Point> {
    let points =
        curve.into_iter().map(|day| Point { trades: trades.get(&day.date).copied().unwrap_or(0), day });
    points.filter(|point| point.trades > 0 || !point.day.flow.is_zero()).collect()
}

/// Exact amounts by day.
pub(crate) fn by_day(amounts: impl Iterator<Item = (Date, Fraction)>) -> BTreeMap<Date, Fraction> {
    let mut days = BTreeMap::new();
    for (day, amount) in amounts {
        *days.entry(day).or_default() += amount;
    }
    days
}
