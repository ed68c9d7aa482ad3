//! The fills of one book in one width, and how far they are matched.

use super::costs::Rounding;
use super::lots::{Fifo, Lifo, Net};
use super::matching::Matching;
use super::{Detail, FixedError, FixedFault, FixedFill, Number, Rows};
use crate::Method;

/// The fills of one book in one width, and how far they are matched.
#[derive(Debug, Clone)]
pub(super) struct Track<N: Number> {
    pub(super) fills: Vec<FixedFill<N>>,
    pub(super) matching: Matching<N>,
    matched: usize,
}

impl<N: Number> Track<N> {
    pub(super) fn new(fills: Vec<FixedFill<N>>, rounding: Rounding, multiplier: N) -> Self {
        Self { fills, matching: Matching::new(rounding, multiplier), matched: 0 }
    }

    /// Adds a fill, which must not be earlier than the one before.
    #[inline]
    pub(super) fn push(&mut self, fill: FixedFill<N>) -> Result<(), FixedError> {
        let count = self.fills.len();
        if self.fills.last().is_some_and(|last| fill.time < last.time) {
            return Err(FixedFault::OutOfOrder.at(count));
        }
        if u32::try_from(count).is_err() {
            return Err(FixedFault::TooMany.at(count));
        }
        self.fills.push(fill);
        Ok(())
    }

    /// How many fills wait to be matched.
    pub(super) fn waiting(&self) -> usize {
        self.fills.len() - self.matched
    }

    pub(super) fn rows(&self) -> Rows<'_, N> {
        let Matching { trips, running, legs, .. } = &self.matching;
        Rows { trips, running, legs }
    }

    /// Matches what waits. Fails with the number of the fill whose result this width does not hold.
    pub(super) fn run(&mut self, method: Method, detail: Detail) -> Result<(), u32> {
        let first = u32::try_from(self.matched).unwrap_or(u32::MAX);
        let fills = self.fills.get(self.matched..).unwrap_or_default();
        match (detail, method) {
            (Detail::Trips, _) => self.matching.run::<Net>(first, fills)?,
            (Detail::Legs, Method::Lifo) => self.matching.run::<Lifo>(first, fills)?,
            (Detail::Legs, Method::Fifo | Method::Average) => self.matching.run::<Fifo>(first, fills)?,
        }
        self.matched = self.fills.len();
        Ok(())
    }

    /// Matches from the first fill again at the next run.
    pub(super) fn restart(&mut self) {
        self.matching.clear();
        self.matched = 0;
    }

    /// The open round trip matched once more, with lots; `None` when a result is too wide.
    pub(super) fn open_with_lots(&self, method: Method) -> Option<Matching<N>> {
        let trip = &self.matching.running;
        let mut matching = self.matching.fresh();
        if trip.position.zero() {
            return Some(matching);
        }
        let fills = self.fills.get(usize::try_from(trip.opening).ok()?..self.matched)?;
        match method {
            Method::Lifo => matching.resume::<Lifo>(trip.opening, fills, trip.opening_closed)?,
            Method::Fifo | Method::Average => {
                matching.resume::<Fifo>(trip.opening, fills, trip.opening_closed)?;
            }
        }
        Some(matching)
    }
}
