//! [`Scale`]: from distances to prices, and from prices to money.

use ledger::{Decimal, Direction, Fraction, Valuation};

use super::{Distance, EnteredTrade};
use crate::excursion::value;
use crate::undefined::{Metric, Undefined};

/// What a price means for one trade.
pub(super) struct Scale {
    pub(super) long: bool,
    valuation: Valuation,
    entry: Fraction,
    entry_value: Fraction,
    /// Money per unit of f(price), for the whole position.
    size: Fraction,
    risk: Option<Decimal>,
}

impl Scale {
    pub(super) fn of(trade: &EnteredTrade) -> Metric<Self> {
        Ok(Self {
            long: trade.direction == Direction::Long,
            valuation: trade.valuation,
            entry: trade.entry_price.clone(),
            entry_value: value(trade.valuation, &trade.entry_price)?,
            size: &trade.quantity * Fraction::from(trade.multiplier),
            risk: trade.risk.filter(Decimal::is_positive),
        })
    }

    /// The P&L before costs of an exit at this price.
    pub(super) fn gross(&self, price: &Fraction) -> Metric<Fraction> {
        let moved = value(self.valuation, price)? - &self.entry_value;
        Ok(if self.long { moved * &self.size } else { -(moved * &self.size) })
    }

    /// The price this far from the entry in favour of the trade, or against it; `None` where an inverse contract has no
    /// such price.
    pub(super) fn level(&self, distance: Distance, in_favour: bool) -> Metric<Option<Fraction>> {
        let up = self.long == in_favour;
        match distance {
            Distance::Price(_) | Distance::Percent(_) => {
                let step = self.step(distance)?;
                Ok(Some(if up { &self.entry + step } else { &self.entry - step }))
            }
            Distance::R(multiple) => {
                let risk = self.risk.ok_or(Undefined::NoRisk)?;
                let money = Fraction::from(multiple) * Fraction::from(risk);
                let step = money.checked_div(&self.size).ok_or(Undefined::NoRisk)?;
                let value = if up { &self.entry_value + step } else { &self.entry_value - step };
                let exists = self.valuation == Valuation::Linear || value.is_negative();
                Ok(exists.then(|| self.valuation.price(&value)))
            }
        }
    }

    /// A distance as a difference of prices; one in R is measured at the entry, against the trade.
    pub(super) fn step(&self, distance: Distance) -> Metric<Fraction> {
        match distance {
            Distance::Price(step) => Ok(step.into()),
            Distance::Percent(percent) => {
                let share = Fraction::new(percent, Decimal::from(100)).unwrap_or_default();
                Ok(self.entry.clone().abs() * share)
            }
            Distance::R(_) => {
                let level = self.level(distance, false)?.ok_or(Undefined::NoInversePrice)?;
                Ok((&self.entry - level).abs())
            }
        }
    }
}
