//! What a trader planned when a trade was opened: where to get out, and what that would lose.

use super::{amounts, invalid::Invalid, matching::stored};
use ledger::{Decimal, Direction, Fraction};

/// Decimals of an R-multiple, which is for display.
const R_DECIMALS: u32 = 10;

/// A trader's plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The price at which to get out with a loss.
    pub stop: Option<Decimal>,
    /// The price at which to get out with a profit.
    pub target: Option<Decimal>,
    /// What the trader said that the trade risks, in money; it wins over what the stop gives.
    pub risk: Option<Decimal>,
}

/// Changes to a plan; `None` leaves as is, `Some(None)` removes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanChange {
    /// Its new stop.
    pub stop: Option<Option<Decimal>>,
    /// Its new target.
    pub target: Option<Option<Decimal>>,
    /// Its new risk.
    pub risk: Option<Option<Decimal>>,
}

/// What was entered at the time of the trade's first fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Units.
    pub quantity: Fraction,
    /// Price times units.
    pub value: Fraction,
    /// Money per point of price and unit.
    pub multiplier: Decimal,
    /// Long or short.
    pub direction: Direction,
}

impl Plan {
    /// This plan with the change made.
    #[must_use]
    pub fn changed_by(self, change: PlanChange) -> Self {
        Self {
            stop: change.stop.unwrap_or(self.stop),
            target: change.target.unwrap_or(self.target),
            risk: change.risk.unwrap_or(self.risk),
        }
    }

    /// This plan, with what it lacks from `other`.
    #[must_use]
    pub fn completed_by(self, other: Self) -> Self {
        Self {
            stop: self.stop.or(other.stop),
            target: self.target.or(other.target),
            risk: self.risk.or(other.risk),
        }
    }

    /// What the trade risked: what its trader said, else what the stop would have lost of what was entered at the opening,
    /// `|entry - stop| * quantity * multiplier`. What is added later does not change it.
    pub fn risk(&self, entry: Option<&Entry>) -> Option<Decimal> {
        self.risk
            .or_else(|| {
                let entry = entry?;
                let distance = &entry.value - &entry.quantity * Fraction::from(self.stop?);
                stored(&(distance.abs() * Fraction::from(entry.multiplier)))
            })
            .filter(Decimal::is_positive)
    }

    /// Whether its stop loses and its target gains.
    pub fn check(&self, entry: Option<&Entry>) -> Result<(), Invalid> {
        let Some(entry) = entry else { return Ok(()) };
        entry.check("planned_stop", self.stop, -1)?;
        entry.check("planned_target", self.target, 1)
    }
}

impl Entry {
    /// Whether getting out at `price` gains (`sign` 1) or loses (-1).
    fn check(&self, field: &'static str, price: Option<Decimal>, sign: i32) -> Result<(), Invalid> {
        let Some(price) = price else { return Ok(()) };
        let gain = &self.quantity * Fraction::from(price) - &self.value;
        let (gain, side) = match self.direction {
            Direction::Long => (gain.signum(), "long"),
            Direction::Short => (-gain.signum(), "short"),
        };
        if gain == sign {
            return Ok(());
        }
        let word = if (self.direction == Direction::Long) == (sign > 0) { "above" } else { "below" };
        let entered = self.value.checked_div(&self.quantity).and_then(|entry| stored(&entry));
        let entered = entered.map(|entry| entry.to_string()).unwrap_or_default();
        Err(Invalid::new(
            field,
            format!("must be {word} the price at which the {side} trade was opened, {entered}"),
        ))
    }
}

/// The result of a trade in units of its risk, rounded half-even to 10 decimals.
pub fn r_multiple(net: Decimal, risk: Decimal) -> Option<Decimal> {
    Fraction::new(net, risk)?.checked_round_half_even(R_DECIMALS)
}

/// A price; empty: none.
pub fn price(field: &'static str, text: &str) -> Result<Option<Decimal>, Invalid> {
    if text.is_empty() { Ok(None) } else { amounts::decimal(field, text).map(Some) }
}

/// A risk above 0; empty: none.
pub fn risk(text: &str) -> Result<Option<Decimal>, Invalid> {
    if text.is_empty() { Ok(None) } else { amounts::positive("risk", text).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn plan(stop: &str, risk: &str) -> Plan {
        Plan { stop: price("planned_stop", stop).unwrap(), risk: super::risk(risk).unwrap(), target: None }
    }

    fn entry(direction: Direction) -> Entry {
        let (quantity, value) = (Fraction::from(4), Fraction::from(400));
        Entry { quantity, value, multiplier: Decimal::from(50), direction }
    }

    #[test]
    fn the_risk_is_what_the_stop_loses_unless_the_trader_says_otherwise() {
        let long = entry(Direction::Long);

        assert_eq!(plan("98.5", "").risk(Some(&long)), Some(decimal("300")));
        assert_eq!(plan("98.5", "250").risk(Some(&long)), Some(decimal("250")));
        assert_eq!(plan("98.5", "").risk(None), None);
        assert_eq!(plan("", "").risk(Some(&long)), None);
    }

    #[test]
    fn a_stop_loses_and_a_target_gains() {
        let at = |stop: &str, target: &str| Plan {
            stop: price("planned_stop", stop).unwrap(),
            target: price("planned_target", target).unwrap(),
            risk: None,
        };
        let refused =
            |plan: Plan, direction| plan.check(Some(&entry(direction))).map_err(|error| error.field);

        assert!(refused(at("99", "101"), Direction::Long).is_ok());
        assert!(refused(at("101", "99"), Direction::Short).is_ok());
        assert_eq!(refused(at("100", ""), Direction::Long), Err("planned_stop"));
        assert_eq!(refused(at("99", ""), Direction::Short), Err("planned_stop"));
        assert_eq!(refused(at("", "99"), Direction::Long), Err("planned_target"));
        assert!(at("500", "0").check(None).is_ok());
    }

    #[test]
    fn a_result_in_units_of_risk_is_rounded_for_display() {
        assert_eq!(r_multiple(decimal("-200"), decimal("300")), Some(decimal("-0.6666666667")));
    }
}
