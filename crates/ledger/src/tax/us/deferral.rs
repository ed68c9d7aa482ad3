//! A sale, and what becomes of a loss it makes.

use super::Disposal;
use super::lots::{Loss, Lot, Lots};
use crate::tax::Transaction;
use crate::{Day, Fraction};

/// More days of holding than these are long term.
const SHORT_TERM: i32 = 365;

/// A sale while its pieces are accounted for.
pub(super) struct Sale<'a> {
    index: usize,
    id: &'a str,
    day: Day,
    /// What one share brings in.
    price: Fraction,
}

impl<'a> Sale<'a> {
    pub(super) fn of(index: usize, sale: &'a Transaction) -> Self {
        let price = sale.money().checked_div(&sale.quantity()).unwrap_or_default();
        Self { index, id: &sale.id, day: sale.day, price }
    }

    /// Accounts for a piece of the sale; a loss goes into replacements as far as there are any.
    pub(super) fn dispose(&self, piece: &Lot, lots: &mut Lots<'_>) -> Disposal {
        let (proceeds, basis) = (&self.price * &piece.quantity, &piece.basis * &piece.quantity);
        let gain = &proceeds - &basis;
        let disallowed = if gain.is_negative() { self.defer(piece, lots) } else { Fraction::ZERO };
        let days_held = self.day.since(piece.held_from);
        Disposal {
            sale: self.id.to_owned(),
            day: self.day,
            lot: lots.transactions.get(piece.purchase).map(|lot| lot.id.clone()).unwrap_or_default(),
            quantity: piece.quantity.clone(),
            allowed: &gain + &disallowed,
            proceeds,
            basis,
            gain,
            disallowed,
            held_from: piece.held_from,
            long_term: days_held > SHORT_TERM,
        }
    }

    /// The part of the loss that replacements take over.
    fn defer(&self, piece: &Lot, shares: &mut Lots<'_>) -> Fraction {
        let per_share = &piece.basis - &self.price;
        let days_held = self.day.since(piece.held_from);
        let mut loss = Loss { per_share, days_held, quantity: piece.quantity.clone() };
        shares.replace_with_held(&mut loss, self.day);
        shares.replace_with_later(&mut loss, self.index, self.day);
        (&piece.quantity - &loss.quantity) * loss.per_share
    }
}
