//! The worst and the best days.

use std::cmp::Ordering;

use ledger::Fraction;

use super::course::{Course, Session};
use crate::multiples::balanced_sum;
use crate::quantile::type_7;
use crate::ratio::{Ratio, whole};
use crate::undefined::{Metric, Undefined};

/// The tails of the daily returns, at 5 % and 95 %.
pub(super) struct Tails {
    pub(super) value_at_risk: Fraction,
    pub(super) expected_shortfall: Fraction,
    pub(super) ratio: Metric<Ratio>,
}

impl Tails {
    pub(super) fn of(course: &Course) -> Self {
        let mut sorted: Vec<&Session> = course.sessions.iter().collect();
        sorted.sort_unstable_by(|left, right| by_return(left, right));
        let value = |index: usize| sorted.get(index).map(|session| session.value.clone());
        let quantile = |share| type_7(sorted.len(), share, value).unwrap_or_default();
        let (low, high) = (quantile([1, 20]), quantile([19, 20]));
        let tail: Vec<Fraction> =
            sorted.iter().map(|session| session.value.clone()).take_while(|value| *value <= low).collect();
        let count = whole(u64::try_from(tail.len()).unwrap_or(u64::MAX));
        Self {
            ratio: Ratio::of(&high.abs(), &low.clone().abs()).ok_or(Undefined::ZeroQuantile),
            expected_shortfall: balanced_sum(&tail).checked_div(&count).unwrap_or_default(),
            value_at_risk: low,
        }
    }
}

/// 31 digits tell two returns apart, or else the exact quotients do.
fn by_return(left: &Session, right: &Session) -> Ordering {
    let distance = left.near - right.near;
    let size = left.near.abs() + right.near.abs();
    if distance.abs().to_f64() > 1e-25 * size.to_f64() {
        return if distance.is_negative() { Ordering::Less } else { Ordering::Greater };
    }
    left.value.cmp(&right.value)
}
