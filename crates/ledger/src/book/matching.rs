//! What changes a book: trades, splits and money.

use std::collections::VecDeque;
use std::mem;

use super::closing::Closing;
use super::costs::Charges;
use super::lot::Lot;
use super::tally::Tally;
use super::trade::Trade;
use crate::{Book, Fault, Fraction, Method, Valuation};

impl Book {
    /// Splits what is open; a book that is flat stays as it is.
    pub(crate) fn split(&mut self, ratio: &Fraction) -> Result<(), Fault> {
        for lot in &mut self.lots {
            lot.split(ratio).ok_or(Fault::NonPositiveRatio)?;
        }
        if let Some(tally) = &mut self.tally {
            tally.split(ratio);
        }
        Ok(())
    }

    /// Counts money for the open round trip, in the book's and in the account's currency.
    pub(crate) fn receive(&mut self, amount: &Fraction, in_account: &Fraction) {
        if let Some(tally) = &mut self.tally {
            tally.receive(amount, in_account);
        }
    }

    /// Trades; answers what a trade that [rolls](Trade::rolls) moved away: its premium and the fees of it.
    pub(crate) fn trade(&mut self, trade: &Trade) -> Result<Fraction, Fault> {
        let value = self.terms.valuation.value(&trade.price).ok_or(Fault::NonPositivePrice)?;
        let index = self.count;
        self.count += 1;
        let mut closing = Closing {
            trade,
            index,
            charges: Charges::new(&trade.costs, &trade.quantity, self.terms.fee_rounding),
            value,
            closed: Fraction::ZERO,
            rolled: Fraction::ZERO,
        };
        if self.closed_before.is_zero() {
            self.close(&mut closing).ok_or(Fault::Overflow)?;
        } else {
            closing.closed = mem::take(&mut self.closed_before);
            closing.charges.take(&closing.closed).ok_or(Fault::Overflow)?;
        }
        self.open(&closing).ok_or(Fault::Overflow)?;
        Ok(closing.rolled)
    }

    /// What no book takes, whatever is in it.
    pub(crate) fn check(&self, trade: &Trade) -> Result<(), Fault> {
        let resumed = !self.closed_before.is_zero();
        if !trade.quantity.is_positive() {
            Err(Fault::NonPositiveQuantity)
        } else if self.terms.valuation == Valuation::Inverse && !trade.price.is_positive() {
            Err(Fault::NonPositivePrice)
        } else if resumed && (self.closed_before.is_negative() || self.closed_before >= trade.quantity) {
            Err(Fault::NothingLeftToOpen)
        } else {
            Ok(())
        }
    }

    /// Closes what the trade closes of an opposite position.
    fn close(&mut self, closing: &mut Closing<'_>) -> Option<()> {
        let Some(tally) = self.tally.as_mut().filter(|tally| tally.direction != closing.trade.side.opens())
        else {
            return Some(());
        };
        let trip = (self.round_trips.len(), tally.direction);
        while let Some(lot) = next_lot(&mut self.lots, self.terms.method) {
            let rest = &closing.trade.quantity - &closing.closed;
            if rest.is_zero() {
                break;
            }
            let part = closing.part(lot, rest.min(lot.quantity.clone()), trip.1, &self.multiplier)?;
            tally.realise(&part.gross, &part.costs(), &part.net_in_account);
            tally.exit(closing.trade, closing.index, &part.quantity, &part.value);
            lot.quantity -= &part.quantity;
            closing.closed += &part.quantity;
            let emptied = lot.quantity.is_zero();
            if let Some(legs) = &mut self.legs {
                legs.push(part.leg(trip, lot, closing, self.terms.valuation));
            }
            if emptied {
                remove_next_lot(&mut self.lots, self.terms.method);
            }
        }
        if self.lots.is_empty() {
            self.round_trips.push(tally.report(&self.terms));
            self.tally = None;
        }
        Some(())
    }

    /// Opens a lot with what the trade did not close.
    fn open(&mut self, closing: &Closing<'_>) -> Option<()> {
        let Closing { trade, index, charges, value, closed, .. } = closing;
        let rest = &trade.quantity - closed;
        if rest.is_zero() {
            return Some(());
        }
        let tally = self.tally.get_or_insert_with(|| Tally::open(trade, *index, closed.clone()));
        tally.enter(trade, *index, &rest, value);
        let lot = Lot::new(trade, *index, rest, value.clone(), &charges.left(), &self.terms);
        match self.lots.front_mut().filter(|_| self.terms.method == Method::Average) {
            Some(all) => all.absorb(&lot, &self.terms)?,
            None => self.lots.push_back(lot),
        }
        Some(())
    }
}

/// The lot that a closing trade closes first.
fn next_lot(lots: &mut VecDeque<Lot>, method: Method) -> Option<&mut Lot> {
    match method {
        Method::Fifo | Method::Average => lots.front_mut(),
        Method::Lifo => lots.back_mut(),
    }
}

fn remove_next_lot(lots: &mut VecDeque<Lot>, method: Method) {
    match method {
        Method::Fifo | Method::Average => lots.pop_front(),
        Method::Lifo => lots.pop_back(),
    };
}
