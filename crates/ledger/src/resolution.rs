//! Which executions count: duplicates, conflicting versions, corrections and busts settled.

mod amendment;

use std::cmp::Ordering;
use std::collections::BTreeMap;

pub use amendment::{Bust, Correction};

use crate::Fill;
use amendment::Amendment;

/// One message about an execution of one account. `B` tells in which book the execution belongs; it is `()` when
/// there is only one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record<B> {
    /// An execution.
    Fill {
        /// The book it belongs to.
        book: B,
        /// The execution.
        fill: Fill,
    },
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
}

/// The executions that count, and what was found on the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved<B> {
    /// The executions with their books, in the order of [`order`](crate::order) across all books.
    pub fills: Vec<(B, Fill)>,
    /// Sorted by kind and id.
    pub issues: Vec<Issue>,
}

/// Settles the records of one account. The result does not depend on their order.
///
/// Of several versions of one id the first in the order of their texts stays (costs, price, quantity, sequence,
/// side, book, time). Then corrections and busts apply in the order of their own time, sequence and id. A
/// corrected execution keeps its trade time unless the correction carries another.
pub fn resolve<B: Ord + Clone>(records: impl IntoIterator<Item = Record<B>>) -> Resolved<B> {
    let (mut executions, mut amendments) = (Vec::new(), Vec::new());
    for record in records {
        match record {
            Record::Fill { book, fill } => executions.push((book, fill)),
            Record::Correction(correction) => amendments.push(Amendment::Correction(Box::new(correction))),
            Record::Bust(bust) => amendments.push(Amendment::Bust(bust)),
        }
    }
    let mut issues = Vec::new();
    let executions = keep_first(executions, compare_executions, |(_, fill)| &fill.execution_id, &mut issues);
    let mut amendments = keep_first(amendments, Amendment::compare, Amendment::execution_id, &mut issues);
    let mut live: BTreeMap<String, (B, Fill)> =
        executions.into_iter().map(|(book, fill)| (fill.execution_id.clone(), (book, fill))).collect();
    amendments.sort_by(|left, right| left.key().cmp(&right.key()));
    for amendment in amendments {
        issues.extend(amendment.apply(&mut live));
    }
    let mut fills: Vec<(B, Fill)> = live.into_values().collect();
    fills.sort_by(|(_, left), (_, right)| left.key().cmp(&right.key()));
    issues.sort();
    Resolved { fills, issues }
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

fn compare_executions<B: Ord>((left_book, left): &(B, Fill), (right_book, right): &(B, Fill)) -> Ordering {
    if left == right && left_book == right_book {
        return Ordering::Equal;
    }
    let texts = |fill: &Fill| {
        [fill.commission, fill.fees, fill.price, fill.quantity].map(|number| number.to_string())
    };
    (texts(left), left.sequence.to_string(), left.side, left_book, left.time).cmp(&(
        texts(right),
        right.sequence.to_string(),
        right.side,
        right_book,
        right.time,
    ))
}
