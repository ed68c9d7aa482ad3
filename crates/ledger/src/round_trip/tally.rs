//! The running sums of a round trip that is still open.

use super::RoundTrip;
use crate::charges::Costs;
use crate::{Decimal, Direction, Fill, Fraction, Timestamp};

/// The running sums of a round trip that is still open.
#[derive(Clone)]
pub(crate) struct Tally {
    pub(crate) direction: Direction,
    opened_at: Timestamp,
    opening: usize,
    opening_closed_quantity: Decimal,
    last: usize,
    last_fill_at: Timestamp,
    position: Decimal,
    peak_quantity: Decimal,
    entry_quantity: Decimal,
    /// Sum of quantity times price over all entries; exits likewise.
    entry_notional: Decimal,
    exit_notional: Decimal,
    gross: Decimal,
    costs: Costs,
}

impl Tally {
    /// A round trip that `fill` opens after closing `closed_quantity` of the one before.
    pub(crate) fn open(fill: &Fill, index: usize, closed_quantity: Decimal) -> Self {
        Self {
            direction: fill.side.opens(),
            opened_at: fill.time,
            opening: index,
            opening_closed_quantity: closed_quantity,
            last: index,
            last_fill_at: fill.time,
            position: Decimal::ZERO,
            peak_quantity: Decimal::ZERO,
            entry_quantity: Decimal::ZERO,
            entry_notional: Decimal::ZERO,
            exit_notional: Decimal::ZERO,
            gross: Decimal::ZERO,
            costs: Costs::default(),
        }
    }

    /// Counts `quantity` of a fill that opened the position or added to it.
    pub(crate) fn enter(&mut self, fill: &Fill, index: usize, quantity: Decimal) -> Option<()> {
        self.position = self.position.checked_add(quantity)?;
        self.peak_quantity = self.peak_quantity.max(self.position);
        self.entry_quantity = self.entry_quantity.checked_add(quantity)?;
        self.entry_notional = self.entry_notional.checked_add(quantity.checked_mul(fill.price)?)?;
        self.touch(fill, index);
        Some(())
    }

    /// Counts `quantity` of a fill that reduced the position; its legs come on their own.
    pub(crate) fn exit(&mut self, fill: &Fill, index: usize, quantity: Decimal) -> Option<()> {
        self.position = self.position.checked_sub(quantity)?;
        self.exit_notional = self.exit_notional.checked_add(quantity.checked_mul(fill.price)?)?;
        self.touch(fill, index);
        Some(())
    }

    /// Counts what a leg realised: its gross, and its costs on both sides.
    #[inline]
    pub(crate) fn realise(&mut self, gross: Decimal, costs: &Costs) -> Option<()> {
        self.gross = self.gross.checked_add(gross)?;
        self.costs.accumulate(costs);
        Some(())
    }

    /// The round trip as it stands: closed when nothing is open.
    pub(crate) fn report(&self) -> Option<RoundTrip> {
        let exit_quantity = self.entry_quantity.checked_sub(self.position)?;
        let average_exit = if exit_quantity.is_zero() {
            None
        } else {
            Some(Fraction::new(self.exit_notional, exit_quantity)?)
        };
        let Costs { commission, fees } = self.costs.clone();
        Some(RoundTrip {
            direction: self.direction,
            opened_at: self.opened_at,
            closed_at: self.position.is_zero().then_some(self.last_fill_at),
            entry_quantity: self.entry_quantity,
            exit_quantity,
            peak_quantity: self.peak_quantity,
            gross: self.gross,
            net: Fraction::from(self.gross) - &commission - &fees,
            commissions: commission,
            fees,
            average_entry: Fraction::new(self.entry_notional, self.entry_quantity)?,
            average_exit,
            opening: self.opening,
            opening_closed_quantity: self.opening_closed_quantity,
            last: self.last,
            last_fill_at: self.last_fill_at,
        })
    }

    fn touch(&mut self, fill: &Fill, index: usize) {
        self.last = index;
        self.last_fill_at = fill.time;
    }
}
