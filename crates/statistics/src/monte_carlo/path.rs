//! [`Follower`]: the equity along one path.

use crate::amounts::Number;

/// Follows the equity, its peak and its lowest value.
#[derive(Clone, Copy)]
pub(super) struct Follower {
    equity: i128,
    lowest: i128,
    peak: i128,
    /// The lowest value since the peak.
    trough: i128,
    drawdown: i128,
    share: f64,
}

/// What one path came to, in integers over the common denominator.
pub(super) struct Ending {
    pub(super) equity: i128,
    pub(super) lowest: i128,
    /// The largest fall from a peak.
    pub(super) drawdown: i128,
    /// The largest fall as a share of its peak.
    pub(super) share: f64,
}

impl Follower {
    pub(super) const fn from(start: i128) -> Self {
        Self { equity: start, lowest: start, peak: start, trough: start, drawdown: 0, share: 0.0 }
    }

    pub(super) const fn equity(&self) -> i128 {
        self.equity
    }

    #[inline]
    pub(super) fn step(&mut self, net: i128) {
        self.equity += net;
        if self.equity >= self.peak {
            self.settle();
            self.peak = self.equity;
            self.trough = self.equity;
        } else {
            self.trough = self.trough.min(self.equity);
        }
    }

    /// Takes in the fall from the peak that is over.
    fn settle(&mut self) {
        let fall = self.peak - self.trough;
        self.lowest = self.lowest.min(self.trough);
        self.drawdown = self.drawdown.max(fall);
        if fall > 0 && self.peak > 0 {
            self.share = self.share.max(fall.approximate() / self.peak.approximate());
        }
    }

    pub(super) fn finish(mut self) -> Ending {
        self.settle();
        Ending { equity: self.equity, lowest: self.lowest, drawdown: self.drawdown, share: self.share }
    }
}
