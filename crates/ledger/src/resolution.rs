//! Which executions count: duplicates, conflicting versions, corrections and busts settled.

mod amendment;
mod entry;

use std::cmp::Ordering;
use std::collections::BTreeMap;

pub use amendment::{Bust, Correction};
pub use entry::{Effect, Entry};

use amendment::Amendment;

/// One message about one account. `B` tells in which book an event belongs; it is `()` when there is only one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record<B> {
    /// Something that happened.
    Entry(Entry<B>),
    /// New details of an execution (FIX `ExecType` G).
    Correction(Correction<B>),
    /// An execution that never was (FIX `ExecType` H).
    Bust(Bust),
}

/// A record that does not count as it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Issue {
    /// Why.
    pub kind: IssueKind,
    /// The id of the record.
    pub execution_id: String,
}

/// Why a record does not count as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueKind {
    /// Another version of an id that is known already. The version whose text comes first stays.
    Conflict,
    /// The same record again; ignored.
    Duplicate,
    /// A bust of an execution that is unknown or busted already; ignored.
    OrphanBust,
    /// A correction of an execution that is unknown or busted already; ignored.
    OrphanCorrection,
    /// A fill without a quantity, or an inverse contract without a price; ignored.
    Rejected,
    /// Funding or a dividend for a position that is not there; ignored.
    CashWithoutPosition,
    /// An exercise or assignment of an option that is not held (or was exercised before); ignored.
    ExerciseWithoutPosition,
    /// An exercise of more contracts than are held; what is beyond opens the opposite position.
    ExerciseBeyondPosition,
    /// An expiry of a contract that is not held; ignored.
    ExpiryWithoutPosition,
    /// A split of an instrument that is not held; ignored.
    SplitWithoutPosition,
    /// A split to no units; ignored.
    RejectedSplit,
    /// A fill that closes, as the broker says, but nothing is open on the other side: its opening is missing.
    ClosesNothing,
}

/// The events that count, and what was found on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved<B> {
    /// The events that count, in the order of [`Event::key`](crate::Event::key) across all books.
    pub entries: Vec<Entry<B>>,
    /// Sorted by kind and id.
    pub issues: Vec<Issue>,
}

impl IssueKind {
    /// What happened, in words that follow the id of the record.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Conflict => "is known with other content: the version whose text comes first stays",
            Self::Duplicate => "is there twice: it counts once",
            Self::OrphanBust => "withdraws an execution that is not there",
            Self::OrphanCorrection => "corrects an execution that is not there",
            Self::Rejected => "has no quantity or no price that can be traded: it does not count",
            Self::CashWithoutPosition => "pays for a position that is not there: it joins no trade",
            Self::ExerciseWithoutPosition => "exercises an option that is not held: it does not count",
            Self::ExerciseBeyondPosition => {
                "exercises more than is held: the rest opens the opposite position"
            }
            Self::ExpiryWithoutPosition => "ends a contract that is not held: it does not count",
            Self::SplitWithoutPosition => "splits what is not held: it changes nothing",
            Self::RejectedSplit => "splits to no units: it does not count",
            Self::ClosesNothing => "closes what was never opened here: its opening is missing",
        }
    }
}

/// Settles the records of one account. The result does not depend on their order.
///
/// Of several versions of one id the first in the order of their texts stays (costs, kind, price, quantity, risk,
/// sequence, side, book, time). Then corrections and busts apply in the order of their own time, sequence and id. A
/// corrected execution keeps its trade time unless the correction carries another.
pub fn resolve<B: Ord + Clone>(records: impl IntoIterator<Item = Record<B>>) -> Resolved<B> {
    let (mut entries, mut amendments) = (Vec::new(), Vec::new());
    for record in records {
        match record {
            Record::Entry(entry) => entries.push(entry),
            Record::Correction(correction) => amendments.push(Amendment::Correction(Box::new(correction))),
            Record::Bust(bust) => amendments.push(Amendment::Bust(bust)),
        }
    }
    let mut issues = Vec::new();
    let entries = keep_first(entries, compare_entries, |entry| entry.event.id(), &mut issues);
    let mut amendments = keep_first(amendments, Amendment::compare, Amendment::execution_id, &mut issues);
    let mut live: BTreeMap<String, Entry<B>> =
        entries.into_iter().map(|entry| (entry.event.id().to_owned(), entry)).collect();
    amendments.sort_by(|left, right| left.key().cmp(&right.key()));
    for amendment in amendments {
        issues.extend(amendment.apply(&mut live));
    }
    let mut entries: Vec<Entry<B>> = live.into_values().collect();
    entries.sort_by(|left, right| left.event.key().cmp(&right.event.key()));
    issues.sort();
    Resolved { entries, issues }
}

/// Keeps the first version of each id and reports the others.
fn keep_first<T>(
    mut versions: Vec<T>,
    compare: impl Fn(&T, &T) -> Ordering,
    id: impl Fn(&T) -> &str,
    issues: &mut Vec<Issue>,
) -> Vec<T> {
    versions.sort_by(|left, right| id(left).cmp(id(right)).then_with(|| compare(left, right)));
    let mut kept: Vec<T> = Vec::with_capacity(versions.len());
    for version in versions {
        match kept.last().filter(|first| id(first) == id(&version)) {
            None => kept.push(version),
            Some(first) => {
                let same = compare(first, &version) == Ordering::Equal;
                let kind = if same { IssueKind::Duplicate } else { IssueKind::Conflict };
                issues.push(Issue { kind, execution_id: id(&version).to_owned() });
            }
        }
    }
    kept
}

fn compare_entries<B: Ord>(left: &Entry<B>, right: &Entry<B>) -> Ordering {
    if left == right { Ordering::Equal } else { left.content().cmp(&right.content()) }
}
