//! [`Bars`]: the prices of an instrument over time.

use ledger::{Decimal, Timestamp};

/// The prices of one stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// When it begins.
    pub start: Timestamp,
    /// When it ends; the next bar may begin at that moment.
    pub end: Timestamp,
    /// The first price.
    pub open: Decimal,
    /// The highest price.
    pub high: Decimal,
    /// The lowest price.
    pub low: Decimal,
    /// The last price.
    pub close: Decimal,
}

/// The bars of one instrument, in order and without overlaps. Gaps are fine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bars(Vec<Bar>);

/// Why a list of bars cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("bar {index} {fault}")]
pub struct BarError {
    /// Its position, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub fault: BarFault,
}

/// What is wrong with a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum BarFault {
    /// It takes no time, or ends before it begins.
    #[error("does not end after it begins")]
    NoTime,
    /// The bar in front of it has not ended when it begins.
    #[error("begins before the one in front of it ends")]
    Overlap,
    /// A price lies above the high or below the low.
    #[error("has a price outside of its low and high")]
    OutsideRange,
}

impl Bars {
    /// Takes bars sorted by time, and refuses the first one that cannot be.
    pub fn new(bars: Vec<Bar>) -> Result<Self, BarError> {
        let mut before = None;
        for (index, bar) in bars.iter().enumerate() {
            bar.check(before).map_err(|fault| BarError { index, fault })?;
            before = Some(bar.end);
        }
        Ok(Self(bars))
    }

    /// The bars that lie wholly between two moments. Two binary searches, whatever the number of bars.
    pub fn within(&self, from: Timestamp, to: Timestamp) -> &[Bar] {
        let first = self.0.partition_point(|bar| bar.start < from);
        let end = self.0.partition_point(|bar| bar.end <= to);
        self.0.get(first..end).unwrap_or_default()
    }

    /// The bars that begin at this moment or later.
    pub fn since(&self, from: Timestamp) -> &[Bar] {
        let first = self.0.partition_point(|bar| bar.start < from);
        self.0.get(first..).unwrap_or_default()
    }
}

impl Bar {
    fn check(&self, before: Option<Timestamp>) -> Result<(), BarFault> {
        if self.end <= self.start {
            return Err(BarFault::NoTime);
        }
        if before.is_some_and(|end| self.start < end) {
            return Err(BarFault::Overlap);
        }
        let range = self.low..=self.high;
        if !range.contains(&self.open) || !range.contains(&self.close) {
            return Err(BarFault::OutsideRange);
        }
        Ok(())
    }
}
