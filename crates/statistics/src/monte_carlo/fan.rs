//! [`Fan`]: where the paths are after each step.

use std::cmp::Ordering;

use ledger::Fraction;

use crate::amounts::Number;

/// The most points of a fan, the start and the end included.
pub const FAN_POINTS: usize = 200;

/// Five quantiles of a value over all paths, type 7 (Hyndman and Fan 1996). Of 1 path they are all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantiles<T> {
    /// 5 % of the paths are below.
    pub p5: T,
    /// 25 % of the paths are below.
    pub p25: T,
    /// Half of the paths are below.
    pub p50: T,
    /// 75 % of the paths are below.
    pub p75: T,
    /// 95 % of the paths are below.
    pub p95: T,
}

/// The equity of all paths after some trades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FanPoint {
    /// How many trades are over.
    pub trades: u64,
    /// The equity (money).
    pub equity: Quantiles<Fraction>,
}

impl<T> Quantiles<T> {
    /// Of values in any order, which it sorts; `between` takes two neighbours and the hundredths of the way.
    pub(super) fn of<S: Copy + Default>(
        values: &mut [S],
        order: impl Fn(&S, &S) -> Ordering,
        between: impl Fn(S, S, u32) -> T,
    ) -> Self {
        values.sort_unstable_by(order);
        let last = values.len().saturating_sub(1);
        let at = |percent: usize| {
            let (index, rest) = (last * percent / 100, last * percent % 100);
            let below = values.get(index).copied().unwrap_or_default();
            let above = values.get(index + 1).copied().unwrap_or(below);
            between(below, above, u32::try_from(rest).unwrap_or_default())
        };
        Self { p5: at(5), p25: at(25), p50: at(50), p75: at(75), p95: at(95) }
    }
}

/// Exactly. [`fits`] has made sure that there is room for the hundredths.
pub(super) fn money(below: i128, above: i128, hundredths: u32, unit: i128) -> Fraction {
    let weighted = below * i128::from(100 - hundredths) + above * i128::from(hundredths);
    weighted.exact(unit).checked_div(&Fraction::from(100)).unwrap_or_default()
}

/// Whether every sum of the amounts, with its hundredths, has a place in 128 bits.
pub(super) fn fits(amounts: &[i128]) -> bool {
    let largest = amounts.iter().map(|amount| amount.unsigned_abs()).max().unwrap_or(0);
    let sum = u128::try_from(amounts.len()).ok().and_then(|count| largest.checked_mul(count));
    let weighted = sum.and_then(|sum| sum.checked_mul(200));
    weighted.is_some_and(|weighted| i128::try_from(weighted).is_ok())
}

/// The same for numbers that are no money.
pub(super) fn number(below: f64, above: f64, hundredths: u32) -> f64 {
    below + (above - below) * f64::from(hundredths) / 100.0
}

/// The equity of every path at each point, point by point.
pub(super) struct Fan {
    start: i128,
    paths: usize,
    /// After how many trades each point lies; the start is left out.
    steps: Vec<usize>,
    values: Vec<i128>,
    followed: usize,
}

/// The fan in quantiles.
pub(super) struct Finished {
    pub(super) trades: u64,
    pub(super) points: Vec<FanPoint>,
    pub(super) last: Quantiles<Fraction>,
}

impl Fan {
    pub(super) fn new(start: i128, paths: usize, trades: usize) -> Self {
        let points = trades.min(FAN_POINTS - 1);
        // Evenly spread, and the last trade is the last point.
        let steps: Vec<usize> = (1..=points).map(|point| point * trades / points).collect();
        Self { start, paths, values: vec![0; steps.len() * paths], steps, followed: 0 }
    }

    pub(super) fn next_path(&mut self) -> Marks<'_> {
        let path = self.followed;
        self.followed += 1;
        Marks { fan: self, path, point: 0, taken: 0 }
    }

    pub(super) fn finish(&mut self, unit: i128) -> Finished {
        let quantiles = |values: &mut [i128]| {
            Quantiles::of(values, i128::cmp, |below, above, rest| money(below, above, rest, unit))
        };
        let start = FanPoint { trades: 0, equity: quantiles(&mut [self.start]) };
        let columns = self.values.chunks_exact_mut(self.paths.max(1));
        let points = self.steps.iter().zip(columns).map(|(step, column)| FanPoint {
            trades: u64::try_from(*step).unwrap_or(u64::MAX),
            equity: quantiles(column),
        });
        let points: Vec<FanPoint> = std::iter::once(start.clone()).chain(points).collect();
        let last = points.last().cloned().unwrap_or(start);
        Finished { trades: last.trades, last: last.equity, points }
    }
}

/// Notes one path in the fan.
pub(super) struct Marks<'a> {
    fan: &'a mut Fan,
    path: usize,
    point: usize,
    taken: usize,
}

impl Marks<'_> {
    #[inline]
    pub(super) fn step(&mut self, equity: i128) {
        self.taken += 1;
        if self.fan.steps.get(self.point) == Some(&self.taken) {
            if let Some(cell) = self.fan.values.get_mut(self.point * self.fan.paths + self.path) {
                *cell = equity;
            }
            self.point += 1;
        }
    }
}
