//! The worst and the best days.

use std::cmp::Ordering;

use ledger::Fraction;

use super::course::{Course, Session};
use crate::multiples::balanced_sum;
use crate::ratio::{Ratio, whole};
use crate::undefined::{Metric, Undefined};

/// Quantiles are in twentieths: 5 % and 95 %.
const TWENTIETHS: usize = 20;

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
        let low = quantile(&sorted, 1);
        let high = quantile(&sorted, TWENTIETHS - 1);
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

/// The quantile of so many twentieths (type 7).
fn quantile(sorted: &[&Session], twentieths: usize) -> Fraction {
    let position = sorted.len().saturating_sub(1) * twentieths;
    let value = |index: usize| sorted.get(index).map(|session| &session.value);
    let Some(below) = value(position / TWENTIETHS) else { return Fraction::ZERO };
    let above = value(position / TWENTIETHS + 1).unwrap_or(below);
    let rest = whole(u64::try_from(position % TWENTIETHS).unwrap_or(0));
    below + (above - below) * rest.checked_div(&Fraction::from(20)).unwrap_or_default()
}
