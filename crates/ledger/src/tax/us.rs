//! United States: first-in-first-out lots, and losses that a wash sale defers.
//!
//! Internal Revenue Code section 1091; 26 CFR 1.1091-1 and 1.1091-2; IRS Publication 550, "Wash Sales". A loss does
//! not count as far as the same security is bought within 30 days before or after the sale. It joins the basis of
//! the replacement, whose holding period then begins earlier by as long as the sold shares were held.
//!
//! - Shares of the sale itself never replace each other: they are taken out of the lots first.
//! - Losses are taken in the order of the sales, and of the lots within a sale (1.1091-1(b)).
//! - Replacements are taken in the order of purchase, those still held first, then later ones; each share replaces
//!   at most once (1.1091-1(c) to (e)).
//! - Long term is more than 365 days of holding. That is one day too generous when a 29 February lies within.

mod deferral;
mod lots;

use super::transaction::check;
use super::{TaxError, TaxFault, Transaction};
use crate::{Day, Fraction, Side};
use deferral::Sale;
use lots::Lots;

/// What US rules make of the purchases and sales of one security.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WashSales {
    /// One row for each piece of a lot that was sold, in the order of the sales.
    pub disposals: Vec<Disposal>,
    /// What is still held, in the order of purchase; a purchase that replaces shares is in several lots.
    pub lots: Vec<HeldLot>,
    /// The gains and losses that count: the sum of `allowed` over the disposals.
    pub allowed: Fraction,
}

/// A piece of a lot that was sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposal {
    /// The id of the sale.
    pub sale: String,
    /// The day of the sale.
    pub day: Day,
    /// The id of the purchase.
    pub lot: String,
    /// How much was sold; above 0.
    pub quantity: Fraction,
    /// What the piece brought in, less its share of the sale's fee.
    pub proceeds: Fraction,
    /// What the piece cost, with its share of the purchase's fee and the losses that were deferred into it.
    pub basis: Fraction,
    /// `proceeds - basis`.
    pub gain: Fraction,
    /// The part of a loss that does not count now, as a positive amount.
    pub disallowed: Fraction,
    /// `gain + disallowed`.
    pub allowed: Fraction,
    /// The day from which the holding period counts.
    pub held_from: Day,
    /// Whether it was held for more than 365 days.
    pub long_term: bool,
}

/// What is still held of a purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLot {
    /// The id of the purchase.
    pub id: String,
    /// How much; above 0.
    pub quantity: Fraction,
    /// What it cost, deferred losses included.
    pub basis: Fraction,
    /// The day from which the holding period counts.
    pub held_from: Day,
}

/// Sells first-in-first-out and defers losses into replacements.
pub fn wash_sales(transactions: &[Transaction]) -> Result<WashSales, TaxError> {
    check(transactions)?;
    let mut lots = Lots::of(transactions);
    let mut disposals = Vec::new();
    for (index, transaction) in transactions.iter().enumerate() {
        match transaction.side {
            Side::Buy => lots.buy(index),
            Side::Sell => {
                let sale = Sale::of(index, transaction);
                let pieces = lots
                    .sell(transaction.quantity())
                    .map_err(|missing| transaction.fails(TaxFault::NeverBought { missing }))?;
                disposals.extend(pieces.iter().map(|piece| sale.dispose(piece, &mut lots)));
            }
        }
    }
    let allowed = disposals.iter().map(|disposal| &disposal.allowed).sum();
    Ok(WashSales { disposals, lots: lots.report(), allowed })
}
