//! What the owner merged and split: trades that do not run from flat to flat.

mod cutting;
mod figures;
mod stretch;

pub use cutting::{Outcomes, Regrouper};
pub use stretch::{Places, Stretch, Stretches, stretches};

use super::ids::{AccountId, RegroupingId};
use ledger::regroup::{Along, Merge, RegroupFault, Split};
use time::OffsetDateTime;

/// Trades of one merge: more would be a mistake.
pub const MOST_MERGED: usize = 200;
/// Parts of one split, less one.
pub const MOST_BOUNDARIES: usize = 1_000;
/// Merges and splits of one account: a rebuild reads all of them.
pub const MOST_REGROUPINGS: i64 = 5_000;

/// A merge or a split. It names executions, as trade ids do, so it holds again when they are back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regrouping {
    /// Its id.
    pub id: RegroupingId,
    /// The account.
    pub account_id: AccountId,
    /// What it does.
    pub cut: Cut,
    /// When it was made. Merges count before splits, and the earlier ones first.
    pub created_at: OffsetDateTime,
    /// Why it is not applied, as of the last rebuild; `None`: it is.
    pub void: Option<Void>,
}

/// What a regrouping does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Consecutive round trips become one trade.
    Merge(Merge),
    /// One round trip becomes several trades.
    Split(Split),
}

/// Why a regrouping is not applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Void {
    /// The execution that is in the way.
    pub execution_id: String,
    /// What is wrong with it.
    pub fault: RegroupFault,
}

impl Cut {
    /// The executions that open the round trips concerned.
    pub fn openings(&self) -> &[String] {
        match self {
            Self::Merge(merge) => &merge.trades,
            Self::Split(split) => std::slice::from_ref(&split.trade),
        }
    }

    /// `merge` or `split`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Merge(_) => "merge",
            Self::Split(_) => "split",
        }
    }
}

const FAULTS: [(RegroupFault, &str); 11] = [
    (RegroupFault::UnknownTrade, "unknown-trade"),
    (RegroupFault::Ambiguous, "ambiguous"),
    (RegroupFault::Overlap, "overlap"),
    (RegroupFault::Twice, "twice"),
    (RegroupFault::TooFew, "too-few"),
    (RegroupFault::OtherBook, "other-book"),
    (RegroupFault::NotConsecutive, "not-consecutive"),
    (RegroupFault::UnknownFill, "unknown-fill"),
    (RegroupFault::InsideLeg, "inside-leg"),
    (RegroupFault::EmptyPart, "empty-part"),
    (RegroupFault::LegsDoNotAddUp, "legs-do-not-add-up"),
];

/// The name of a fault.
pub fn fault_name(fault: RegroupFault) -> &'static str {
    FAULTS.iter().find(|(known, _)| *known == fault).map_or("", |(_, name)| name)
}

/// The fault of a name that [`fault_name`] wrote.
pub fn fault_of(name: &str) -> Option<RegroupFault> {
    FAULTS.iter().find(|(_, known)| *known == name).map(|(fault, _)| *fault)
}

/// `exits` or `entries`.
pub const fn along_name(along: Along) -> &'static str {
    match along {
        Along::Exits => "exits",
        Along::Entries => "entries",
    }
}

/// The end of a name that [`along_name`] wrote.
pub fn along_of(name: &str) -> Option<Along> {
    match name {
        "exits" => Some(Along::Exits),
        "entries" => Some(Along::Entries),
        _ => None,
    }
}
