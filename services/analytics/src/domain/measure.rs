//! What is measured of each trade.

use crate::error::Error;
use journal_proto::analytics::v1 as proto;

/// The amount of a trade, and the unit it is in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Measure {
    pub unit: Unit,
    /// Before commissions and fees instead of after them.
    pub gross: bool,
}

/// What amounts are divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Nothing: they are money.
    #[default]
    Money,
    /// The trade's risk. Trades without one are left out.
    R,
    /// A hundredth of the entered quantity x price x multiplier. Trades of which that is 0 are left out.
    Percent,
}

impl Measure {
    pub fn parse(measure: Option<proto::Measure>) -> Result<Self, Error> {
        let measure = measure.unwrap_or_default();
        let unit = match measure.unit.as_str() {
            "" | "money" => Unit::Money,
            "r" => Unit::R,
            "percent" => Unit::Percent,
            _ => return Err(Error::Invalid { field: "unit", expected: "must be money, r or percent" }),
        };
        Ok(Self { unit, gross: measure.gross })
    }
}

impl Unit {
    /// What stands where money has its currency.
    pub fn label(self, currency: &str) -> &str {
        match self {
            Self::Money => currency,
            Self::R => "R",
            Self::Percent => "%",
        }
    }
}
