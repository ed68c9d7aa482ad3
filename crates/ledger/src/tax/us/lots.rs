//! The shares held, lot by lot, and the losses that wait for shares not bought yet.

use std::collections::VecDeque;
use std::mem::take;

use super::HeldLot;
use crate::tax::Transaction;
use crate::{Day, Fraction, Side};

/// Days around a sale at a loss in which a purchase replaces what was sold: 30 before and 30 after.
const WINDOW: i32 = 30;

/// Shares of one purchase with one basis and one holding period.
#[derive(Clone)]
pub(super) struct Lot {
    /// The purchase: its position among the transactions.
    pub(super) purchase: usize,
    pub(super) quantity: Fraction,
    /// The cost of one share.
    pub(super) basis: Fraction,
    pub(super) held_from: Day,
    /// Whether its shares have replaced others already.
    replaces: bool,
}

/// A loss on its way into a replacement.
#[derive(Clone)]
pub(super) struct Loss {
    /// The loss of one share.
    pub(super) per_share: Fraction,
    /// How long the sold shares were held.
    pub(super) days_held: i32,
    /// How many of the sold shares have found no replacement yet.
    pub(super) quantity: Fraction,
}

pub(super) struct Lots<'a> {
    pub(super) transactions: &'a [Transaction],
    /// In the order of purchase.
    held: VecDeque<Lot>,
    /// For each transaction: what it replaces when it comes, and how much of it is not promised that way.
    promised: Vec<(Vec<Loss>, Fraction)>,
    /// No purchase between the current sale and here has shares that are not promised. It never goes back: sales
    /// come in order, and each promises the earliest purchases after it.
    unpromised: usize,
}

impl<'a> Lots<'a> {
    pub(super) fn of(transactions: &'a [Transaction]) -> Self {
        let promised = transactions.iter().map(|transaction| (Vec::new(), transaction.quantity())).collect();
        Self { transactions, held: VecDeque::new(), promised, unpromised: 0 }
    }

    /// Adds a purchase: first the shares that are promised to losses of earlier sales, then the rest.
    pub(super) fn buy(&mut self, index: usize) {
        let (Some(purchase), Some((losses, free))) =
            (self.transactions.get(index), self.promised.get_mut(index))
        else {
            return;
        };
        let Some(cost) = purchase.money().checked_div(&purchase.quantity()) else { return };
        let (losses, quantity) = (take(losses), take(free));
        let plain = Lot { purchase: index, quantity, basis: cost, held_from: purchase.day, replaces: false };
        self.held.extend(losses.iter().map(|loss| plain.replacing(&loss.quantity, loss, purchase.day)));
        self.held.extend(Some(plain).filter(|lot| lot.quantity.is_positive()));
    }

    /// Takes the oldest shares out; the quantity that is missing when there are too few.
    pub(super) fn sell(&mut self, mut quantity: Fraction) -> Result<Vec<Lot>, Fraction> {
        let mut pieces = Vec::new();
        while quantity.is_positive() {
            let Some(lot) = self.held.pop_front() else { return Err(quantity) };
            let (piece, rest) = lot.cut(&quantity);
            quantity -= &piece.quantity;
            if let Some(rest) = rest {
                self.held.push_front(rest);
            }
            pieces.push(piece);
        }
        Ok(pieces)
    }

    /// Lets shares that are still held and were bought up to 30 days before `day` replace sold ones.
    pub(super) fn replace_with_held(&mut self, loss: &mut Loss, day: Day) {
        let transactions = self.transactions;
        let bought = |lot: &Lot| transactions.get(lot.purchase).map_or(day, |purchase| purchase.day);
        let mut index = self.held.partition_point(|lot| bought(lot) < day.plus(-WINDOW));
        while loss.quantity.is_positive() && index < self.held.len() {
            if let Some(lot) = self.held.get(index).filter(|lot| !lot.replaces).cloned() {
                let bought = bought(&lot);
                let (piece, rest) = lot.cut(&loss.quantity);
                loss.quantity -= &piece.quantity;
                if let Some(place) = self.held.get_mut(index) {
                    *place = piece.replacing(&piece.quantity, loss, bought);
                }
                if let Some(rest) = rest {
                    self.held.insert(index + 1, rest);
                }
            }
            index += 1;
        }
    }

    /// Promises shares bought after transaction `sale`, up to 30 days after its day, to the loss.
    pub(super) fn replace_with_later(&mut self, loss: &mut Loss, sale: usize, day: Day) {
        self.unpromised = self.unpromised.max(sale + 1);
        while loss.quantity.is_positive()
            && let (Some(purchase), Some((losses, free))) =
                (self.transactions.get(self.unpromised), self.promised.get_mut(self.unpromised))
            && purchase.day <= day.plus(WINDOW)
        {
            let quantity = (&loss.quantity).min(free).clone();
            if purchase.side == Side::Buy && quantity.is_positive() {
                *free -= &quantity;
                loss.quantity -= &quantity;
                losses.push(Loss { quantity, ..loss.clone() });
            }
            if purchase.side == Side::Sell || free.is_zero() {
                self.unpromised += 1;
            }
        }
    }

    pub(super) fn report(self) -> Vec<HeldLot> {
        let id = |index: usize| self.transactions.get(index).map(|purchase| purchase.id.clone());
        let report = |lot: Lot| HeldLot {
            id: id(lot.purchase).unwrap_or_default(),
            basis: lot.basis * &lot.quantity,
            quantity: lot.quantity,
            held_from: lot.held_from,
        };
        self.held.into_iter().map(report).collect()
    }
}

impl Lot {
    /// At most `quantity` of it, and what is left, if anything.
    fn cut(self, quantity: &Fraction) -> (Self, Option<Self>) {
        if self.quantity <= *quantity {
            return (self, None);
        }
        let rest = Self { quantity: &self.quantity - quantity, ..self.clone() };
        (Self { quantity: quantity.clone(), ..self }, Some(rest))
    }

    /// So many of these shares, bought on `bought`, with the loss in their basis and its days in their holding.
    fn replacing(&self, quantity: &Fraction, loss: &Loss, bought: Day) -> Self {
        Self {
            purchase: self.purchase,
            quantity: quantity.clone(),
            basis: &self.basis + &loss.per_share,
            held_from: bought.plus(-loss.days_held),
            replaces: true,
        }
    }
}
