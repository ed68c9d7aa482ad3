//! What the user decides about recognition.

use std::time::Duration;

use super::Moment;

/// How legs become strategy trades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Legs opened no further apart than this were opened together; `None`: only if one order opened them. For a
    /// broker that reports days instead of times, `None` is the honest choice.
    pub tolerance: Option<Duration>,
    /// What becomes of legs opened together in numbers that do not fit.
    pub ratios: Ratios,
    /// Legs that the user put together, by id; they count before anything else.
    pub by_hand: Vec<Vec<String>>,
}

/// What becomes of legs opened together in numbers that do not fit: three bought, two sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ratios {
    /// As many whole structures as there are, and the rest on its own: two verticals and a single.
    #[default]
    Split,
    /// One [`Custom`](super::Kind::Custom) trade.
    Keep,
}

impl Default for Rules {
    /// Within the same second, in parts, nothing by hand.
    fn default() -> Self {
        let same_second = Duration::from_nanos(999_999_999);
        Self { tolerance: Some(same_second), ratios: Ratios::default(), by_hand: Vec::new() }
    }
}

impl Rules {
    /// Whether two moments are one by time.
    pub(super) fn at_once(&self, one: &Moment, other: &Moment) -> bool {
        let apart = u128::from(one.at.0.abs_diff(other.at.0));
        self.tolerance.is_some_and(|tolerance| apart <= tolerance.as_nanos())
    }
}
