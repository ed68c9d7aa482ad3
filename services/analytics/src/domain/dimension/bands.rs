//! Bands of numbers, so that they can be groups.

use super::{Key, NONE};
use ledger::Decimal;

/// Upper bounds (exclusive) in rising order, each with the name of the band below it; and the name of what is above them.
pub(super) struct Bands {
    bounds: &'static [(i128, &'static str)],
    above: &'static str,
}

/// In seconds.
pub(super) static HOLD_TIME: Bands = Bands {
    bounds: &[
        (60, "<1m"),
        (300, "1m-5m"),
        (900, "5m-15m"),
        (3_600, "15m-1h"),
        (14_400, "1h-4h"),
        (86_400, "4h-1d"),
        (604_800, "1d-7d"),
    ],
    above: ">=7d",
};

pub(super) static SIZE: Bands = Bands {
    bounds: &[(1, "<1"), (10, "1-10"), (100, "10-100"), (1_000, "100-1000"), (10_000, "1000-10000")],
    above: ">=10000",
};

pub(super) static PRICE: Bands = Bands {
    bounds: &[
        (0, "<0"),
        (1, "0-1"),
        (5, "1-5"),
        (10, "5-10"),
        (20, "10-20"),
        (50, "20-50"),
        (100, "50-100"),
        (200, "100-200"),
        (500, "200-500"),
    ],
    above: ">=500",
};

static R_MULTIPLE: Bands = Bands {
    bounds: &[(-2, "<-2R"), (-1, "-2R..-1R"), (0, "-1R..0R"), (1, "0R..1R"), (2, "1R..2R"), (3, "2R..3R")],
    above: ">=3R",
};

impl Bands {
    /// The band of a decimal; what is none comes last.
    pub fn key(&self, number: &str) -> Key {
        self.find(|bound| number.parse().is_ok_and(|number: Decimal| number < bound), number.is_empty())
    }

    fn find(&self, is_below: impl Fn(Decimal) -> bool, is_none: bool) -> Key {
        if is_none {
            return (self.bounds.len() + 1, NONE.to_owned());
        }
        let band = self
            .bounds
            .iter()
            .zip(0..)
            .find(|((bound, _), _)| is_below(Decimal::from_scaled(*bound, 0).unwrap_or_default()));
        let (place, name) = band.map_or((self.bounds.len(), self.above), |((_, name), place)| (place, *name));
        (place, name.to_owned())
    }
}

/// The band of net P&L / risk, compared without dividing.
pub(super) fn r_multiple(net: Option<&String>, risk: Option<&String>) -> Key {
    let parse = |text: Option<&String>| text.and_then(|text| text.parse::<Decimal>().ok());
    let pair = parse(net).zip(parse(risk).filter(Decimal::is_positive));
    let is_below = |bound: Decimal| {
        pair.is_some_and(|(net, risk)| risk.checked_mul(bound).is_some_and(|threshold| net < threshold))
    };
    R_MULTIPLE.find(is_below, pair.is_none())
}
