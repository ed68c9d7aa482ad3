//! [`Index`]: product(1 + r), the value of an account without deposits and withdrawals.

use std::cmp::Ordering;

use ledger::Fraction;

use super::course::Course;
use crate::multiples::balanced_product;
use crate::twofold::Twofold;
use crate::undefined::{Metric, Undefined};

/// A stretch between deposits and withdrawals, in which the index moves as the equity does.
struct Segment {
    begin: Fraction,
    end: Fraction,
}

/// A value of the index: that of its segment's begin, times `equity / begin`.
struct Point {
    segment: usize,
    equity: Fraction,
    near: Twofold,
}

/// The index at the start, which is 1, and after each session.
pub(super) struct Index {
    segments: Vec<Segment>,
    points: Vec<Point>,
}

/// The largest fall as a share of its peak, in points, and the longest one.
pub(super) struct IndexFalls {
    pub(super) deepest: Option<IndexFall>,
    /// The most steps from a peak to its recovery, or to the end.
    pub(super) longest: usize,
    /// The most days of any such stretch.
    pub(super) longest_days: i64,
}

/// A stretch below a peak.
#[derive(Clone, Copy)]
pub(super) struct IndexFall {
    pub(super) peak: usize,
    pub(super) lowest: usize,
    pub(super) recovery: Option<usize>,
}

impl Index {
    /// Refuses an account that never had equity, and one that lost it.
    pub(super) fn of(course: &Course) -> Metric<Self> {
        let first = course.sessions.iter().find(|session| session.base.is_positive());
        let first = first.ok_or(Undefined::NoOpeningEquity)?;
        let mut index = Self {
            segments: vec![Segment { begin: first.base.clone(), end: first.base.clone() }],
            points: vec![Point { segment: 0, equity: first.base.clone(), near: Twofold::ONE }],
        };
        let (mut begin, mut near_begin) = (Twofold::from(&first.base), Twofold::ONE);
        let (mut started, mut anew) = (false, false);
        for session in &course.sessions {
            if !session.base.is_positive() {
                index.stand_still();
                anew = true;
                continue;
            }
            if !session.equity.is_positive() {
                return Err(Undefined::EquityLost);
            }
            // What a day without equity made is no return: the next one begins anew, as after a deposit.
            if started && (session.moved || anew) {
                near_begin = index.last_near();
                begin = Twofold::from(&session.base);
                index.segments.push(Segment { begin: session.base.clone(), end: session.base.clone() });
            }
            (started, anew) = (true, false);
            let near = near_begin * (Twofold::from(&session.equity) / begin);
            index.move_to(&session.equity, near);
        }
        Ok(index)
    }

    fn last_near(&self) -> Twofold {
        self.points.last().map_or(Twofold::ONE, |point| point.near)
    }

    fn stand_still(&mut self) {
        if let Some(Point { segment, equity, near }) = self.points.last() {
            let still = Point { segment: *segment, equity: equity.clone(), near: *near };
            self.points.push(still);
        }
    }

    fn move_to(&mut self, equity: &Fraction, near: Twofold) {
        if let Some(segment) = self.segments.last_mut() {
            segment.end = equity.clone();
        }
        self.points.push(Point {
            segment: self.segments.len().saturating_sub(1),
            equity: equity.clone(),
            near,
        });
    }

    /// All values, with about 31 digits.
    pub(super) fn near(&self) -> impl Iterator<Item = Twofold> + '_ {
        self.points.iter().map(|point| point.near)
    }

    /// The value at the end.
    pub(super) fn end(&self) -> Fraction {
        self.ratio(self.points.len().saturating_sub(1), 0)
    }

    /// The value at one point divided by that at an earlier one.
    fn ratio(&self, later: usize, earlier: usize) -> Fraction {
        let (Some(top), Some(bottom)) = (self.points.get(later), self.points.get(earlier)) else {
            return Fraction::ZERO;
        };
        if top.segment == bottom.segment {
            return top.equity.checked_div(&bottom.equity).unwrap_or_default();
        }
        let whole = self.segments.get(bottom.segment + 1..top.segment).unwrap_or_default();
        let mut factors: Vec<Fraction> =
            whole.iter().filter_map(|segment| segment.end.checked_div(&segment.begin)).collect();
        factors.extend(
            self.segments.get(bottom.segment).and_then(|first| first.end.checked_div(&bottom.equity)),
        );
        factors.extend(self.segments.get(top.segment).and_then(|last| top.equity.checked_div(&last.begin)));
        balanced_product(&factors)
    }

    /// The order of the values at two points, the first one later.
    fn compare(&self, later: usize, earlier: usize) -> Ordering {
        let (Some(one), Some(other)) = (self.points.get(later), self.points.get(earlier)) else {
            return Ordering::Equal;
        };
        if one.segment == other.segment {
            return one.equity.cmp(&other.equity);
        }
        let distance = one.near - other.near;
        if distance.abs().to_f64() > 1e-25 * other.near.to_f64() {
            return if distance.is_negative() { Ordering::Less } else { Ordering::Greater };
        }
        self.ratio(later, earlier).cmp(&Fraction::from(1))
    }

    /// The fall as a share of its peak.
    pub(super) fn share(&self, fall: IndexFall) -> Fraction {
        Fraction::from(1) - self.ratio(fall.lowest, fall.peak)
    }

    fn near_share(&self, fall: IndexFall) -> Twofold {
        match (self.points.get(fall.lowest), self.points.get(fall.peak)) {
            (Some(lowest), Some(peak)) => (peak.near - lowest.near) / peak.near,
            _ => Twofold::ZERO,
        }
    }

    fn is_deeper(&self, fall: IndexFall, than: IndexFall) -> bool {
        let (one, other) = (self.near_share(fall), self.near_share(than));
        let distance = one - other;
        if distance.abs().to_f64() > 1e-20 * other.to_f64() {
            return !distance.is_negative();
        }
        self.share(fall) > self.share(than)
    }

    /// All that is to be told of falls below a peak, the start included.
    pub(super) fn falls(&self, course: &Course) -> IndexFalls {
        let mut falls = IndexFalls { deepest: None, longest: 0, longest_days: 0 };
        let mut current = IndexFall { peak: 0, lowest: 0, recovery: None };
        for point in 1..self.points.len() {
            if self.compare(point, current.peak) == Ordering::Less {
                if self.compare(point, current.lowest) == Ordering::Less {
                    current.lowest = point;
                }
                continue;
            }
            current.recovery = Some(point);
            falls.consider(self, course, current, point);
            current = IndexFall { peak: point, lowest: point, recovery: None };
        }
        falls.consider(self, course, current, self.points.len().saturating_sub(1));
        falls
    }
}

impl IndexFalls {
    fn consider(&mut self, index: &Index, course: &Course, fall: IndexFall, end: usize) {
        if fall.lowest == fall.peak {
            return;
        }
        self.longest = self.longest.max(end - fall.peak);
        let days = (course.date(end) - course.date(fall.peak)).whole_days();
        self.longest_days = self.longest_days.max(days);
        if self.deepest.is_none_or(|deepest| index.is_deeper(fall, deepest)) {
            self.deepest = Some(fall);
        }
    }
}
