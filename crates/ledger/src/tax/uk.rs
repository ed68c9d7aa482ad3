//! United Kingdom: shares sold are matched with the same day, the 30 days after, and the section 104 pool.
//!
//! Taxation of Chargeable Gains Act 1992, sections 104, 105 and 106A; HMRC manuals CG51560 and CRYPTO22252. All
//! purchases of a day are one acquisition and all sales of a day one disposal (section 105).
//!
//! - Same-day matches of every day come first, so also before the 30-day matches of earlier disposals.
//! - Then 30-day matches, the earliest disposal first, and for each the earliest acquisition first.
//! - What is left comes out of the pool at its average cost.

mod days;
mod pool;

use super::transaction::check;
use super::{TaxError, Transaction};
use crate::{Day, Fraction};
use days::Days;

/// What UK rules make of the purchases and sales of one security.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShareMatching {
    /// One row for each day with sales, in order.
    pub disposals: Vec<Disposal>,
    /// What the section 104 pool holds after the last day.
    pub pool: Pool,
    /// The sum of the gains over the disposals.
    pub gain: Fraction,
}

/// All sales of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposal {
    /// The day.
    pub day: Day,
    /// How much was sold; above 0.
    pub quantity: Fraction,
    /// What it brought in, less fees.
    pub proceeds: Fraction,
    /// What it had cost: the sum over its parts.
    pub cost: Fraction,
    /// `proceeds - cost`.
    pub gain: Fraction,
    /// What it was matched with, in the order of the rules.
    pub parts: Vec<Part>,
}

/// A quantity of a disposal and the acquisition it was matched with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The rule that matched it.
    pub rule: Rule,
    /// The day of the acquisition; `None` for the pool.
    pub acquired: Option<Day>,
    /// How much; above 0.
    pub quantity: Fraction,
    /// Its allowable cost, fees included.
    pub cost: Fraction,
}

/// The rule by which a disposal finds its cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Bought on the day of the sale (section 105(1)(b)).
    SameDay,
    /// Bought within the 30 days after the sale (section 106A(5)).
    ThirtyDays,
    /// Out of the section 104 holding.
    Pool,
}

/// The section 104 holding: quantity and cost without lots.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pool {
    /// How much it holds.
    pub quantity: Fraction,
    /// What that cost, fees included.
    pub cost: Fraction,
}

/// Matches the sales of each day with purchases by the three rules.
pub fn share_matching(transactions: &[Transaction]) -> Result<ShareMatching, TaxError> {
    check(transactions)?;
    let mut days = Days::of(transactions);
    days.match_same_day();
    days.match_thirty_days();
    days.settle(transactions)
}
