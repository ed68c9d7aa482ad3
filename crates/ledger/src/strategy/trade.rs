//! A strategy trade and its parts.

use super::payoff::{Position, risk};
use super::{Contract, Kind, Risk, StrategyLeg};
use crate::{Decimal, Fraction, Timestamp};

/// Legs that are one trade to the trader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrategyTrade {
    /// The id of the leg that was opened first. Where several trades begin with parts of one leg, the second has
    /// `/2` behind it, and so on.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The symbol of the underlying.
    pub underlying: String,
    /// When its first leg was opened.
    pub opened_at: Timestamp,
    /// Its legs or parts of them: the underlying, then by expiry, right and strike.
    pub parts: Vec<Part>,
    /// What the opening cost, before fees: above 0 paid (debit), below 0 received (credit).
    pub net_debit: Fraction,
    /// What it can win and lose at expiry.
    pub risk: Risk,
}

/// A leg, or as much of it as belongs to the trade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The id of the leg.
    pub leg: String,
    /// What it is a position in.
    pub contract: Contract,
    /// How much of the leg: above 0 long, below 0 short.
    pub quantity: Decimal,
    /// How much of the leg, as a share: above 0, at most 1.
    pub share: Fraction,
}

/// Whether a trade was paid for or paid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Premium {
    /// Paid.
    Debit,
    /// Received.
    Credit,
    /// Neither.
    Even,
}

impl StrategyTrade {
    /// Whether it was opened for a debit or a credit.
    pub fn premium(&self) -> Premium {
        match self.net_debit.signum() {
            1 => Premium::Debit,
            -1 => Premium::Credit,
            _ => Premium::Even,
        }
    }

    /// The trade of these quantities of legs, in the order of the legs' contracts; `None` without any.
    pub(super) fn of(kind: Kind, legs: &[(&StrategyLeg, Decimal)]) -> Option<Self> {
        let (first, _) = legs.iter().min_by_key(|(leg, _)| (leg.opened.at, &leg.id))?;
        let units = |(leg, quantity): &(&StrategyLeg, Decimal)| {
            Fraction::from(*quantity) * Fraction::from(leg.multiplier)
        };
        let positions: Vec<Position<'_>> =
            legs.iter().map(|part| Position { leg: part.0, units: units(part) }).collect();
        Some(Self {
            id: first.id.clone(),
            kind,
            underlying: first.underlying.clone(),
            opened_at: first.opened.at,
            parts: legs.iter().map(|(leg, quantity)| Part::of(leg, *quantity)).collect(),
            net_debit: positions.iter().map(|position| &position.units * &position.leg.price).sum(),
            risk: risk(&positions),
        })
    }
}

impl Part {
    fn of(leg: &StrategyLeg, quantity: Decimal) -> Self {
        let share = Fraction::new(quantity, leg.quantity).unwrap_or_default();
        Self { leg: leg.id.clone(), contract: leg.contract, quantity, share }
    }
}
