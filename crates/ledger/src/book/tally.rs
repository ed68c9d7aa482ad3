//! The running sums of a round trip that is still open.

use super::costs::Costs;
use super::trade::Trade;
use crate::{Decimal, Direction, Fraction, RoundTrip, Terms, Timestamp};

/// The running sums of a round trip that is still open.
#[derive(Clone)]
pub(crate) struct Tally {
    pub(crate) direction: Direction,
    opened_at: Timestamp,
    opening: usize,
    pub(crate) opening_closed_quantity: Fraction,
    last: usize,
    last_fill_at: Timestamp,
    entry_quantity: Fraction,
    exit_quantity: Fraction,
    peak_quantity: Fraction,
    /// Sum of quantity times value over all entries; exits likewise.
    entry_value: Fraction,
    exit_value: Fraction,
    gross: Fraction,
    costs: Costs,
    other: Fraction,
    net_in_account: Fraction,
    risk: Option<Decimal>,
}

impl Tally {
    /// A round trip that `trade` opens after closing `closed_quantity` of the one before.
    pub(crate) fn open(trade: &Trade, index: usize, closed_quantity: Fraction) -> Self {
        Self {
            direction: trade.side.opens(),
            opened_at: trade.time,
            opening: index,
            opening_closed_quantity: closed_quantity,
            last: index,
            last_fill_at: trade.time,
            entry_quantity: Fraction::ZERO,
            exit_quantity: Fraction::ZERO,
            peak_quantity: Fraction::ZERO,
            entry_value: Fraction::ZERO,
            exit_value: Fraction::ZERO,
            gross: Fraction::ZERO,
            costs: Costs::default(),
            other: Fraction::ZERO,
            net_in_account: Fraction::ZERO,
            risk: trade.risk,
        }
    }

    /// Counts `quantity` at `value` that opened the position or added to it.
    pub(crate) fn enter(&mut self, trade: &Trade, index: usize, quantity: &Fraction, value: &Fraction) {
        self.entry_quantity += quantity;
        self.entry_value += quantity * value;
        let position = self.position();
        if position > self.peak_quantity {
            self.peak_quantity = position;
        }
        self.touch(trade, index);
    }

    /// Counts `quantity` that left the position at `value`.
    pub(crate) fn exit(&mut self, trade: &Trade, index: usize, quantity: &Fraction, value: &Fraction) {
        self.exit_quantity += quantity;
        self.exit_value += quantity * value;
        self.touch(trade, index);
    }

    /// Counts what a leg realised: its gross, its costs on both sides, and its net in the account's currency.
    pub(crate) fn realise(&mut self, gross: &Fraction, costs: &Costs, net_in_account: &Fraction) {
        self.gross += gross;
        self.costs.add(costs);
        self.net_in_account += net_in_account;
    }

    /// Counts funding, a dividend or a borrow fee.
    pub(crate) fn receive(&mut self, amount: &Fraction, in_account: &Fraction) {
        self.other += amount;
        self.net_in_account += in_account;
    }

    pub(crate) fn split(&mut self, ratio: &Fraction) {
        for quantity in [&mut self.entry_quantity, &mut self.exit_quantity, &mut self.peak_quantity] {
            *quantity = &*quantity * ratio;
        }
    }

    /// The round trip as it stands: closed when nothing is open.
    pub(crate) fn report(&self, terms: &Terms) -> RoundTrip {
        let average = |value: &Fraction, quantity: &Fraction| {
            let average = value.checked_div(quantity)?;
            Some(if average.is_zero() { average } else { terms.valuation.price(&average) })
        };
        let closed = self.entry_quantity == self.exit_quantity;
        RoundTrip {
            direction: self.direction,
            opened_at: self.opened_at,
            closed_at: closed.then_some(self.last_fill_at),
            entry_quantity: self.entry_quantity.clone(),
            exit_quantity: self.exit_quantity.clone(),
            peak_quantity: self.peak_quantity.clone(),
            gross: self.gross.clone(),
            commissions: self.costs.commission.clone(),
            fees: self.costs.fees.clone(),
            other: self.other.clone(),
            net: &self.gross - &self.costs.commission - &self.costs.fees + &self.other,
            net_in_account: self.net_in_account.clone(),
            average_entry: average(&self.entry_value, &self.entry_quantity).unwrap_or_default(),
            average_exit: average(&self.exit_value, &self.exit_quantity),
            risk: self.risk,
            opening: self.opening,
            opening_closed_quantity: self.opening_closed_quantity.clone(),
            last: self.last,
            last_fill_at: self.last_fill_at,
        }
    }

    fn position(&self) -> Fraction {
        &self.entry_quantity - &self.exit_quantity
    }

    fn touch(&mut self, trade: &Trade, index: usize) {
        self.last = index;
        self.last_fill_at = trade.time;
    }
}
