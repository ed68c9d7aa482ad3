//! The stretches of a book that regroupings concern.

use super::{Regrouping, Void};
use crate::domain::{event::EventKey, fill::Book, ids::RegroupingId};
use ledger::regroup::RegroupFault;
use std::collections::{BTreeMap, VecDeque};

/// Where executions stand, by id.
pub type Places = BTreeMap<String, (Book, EventKey)>;

/// The stretches of each book, in order.
pub type Stretches = BTreeMap<Book, VecDeque<Stretch>>;

/// From the first to the last execution that regroupings name, of which each shares a round trip or its surroundings with
/// another: what is outside cannot change what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first execution.
    pub from: EventKey,
    /// The last one.
    pub to: EventKey,
    /// What concerns it, in the order in which it counts.
    pub regroupings: Vec<Regrouping>,
}

/// What the regroupings of an account, in the order in which they were made, concern in its books; and those that
/// concern none, or two of them, with the reason why they cannot be applied.
pub fn stretches(regroupings: &[Regrouping], places: &Places) -> (Stretches, Vec<(RegroupingId, Void)>) {
    let mut spans: BTreeMap<Book, Vec<Stretch>> = BTreeMap::new();
    let mut void = Vec::new();
    for regrouping in regroupings {
        match span(regrouping, places) {
            Ok((book, stretch)) => spans.entry(book.clone()).or_default().push(stretch),
            Err(reason) => void.push((regrouping.id, reason)),
        }
    }
    (spans.into_iter().map(|(book, spans)| (book, joined(spans))).collect(), void)
}

/// The stretch of one regrouping. What is known of its executions stands in one book.
fn span<'a>(regrouping: &Regrouping, places: &'a Places) -> Result<(&'a Book, Stretch), Void> {
    let openings = regrouping.cut.openings();
    let mut found = openings.iter().filter_map(|id| Some((id, places.get(id)?)));
    let Some((_, (book, first))) = found.next() else {
        let execution_id = openings.first().cloned().unwrap_or_default();
        return Err(Void { execution_id, fault: RegroupFault::UnknownTrade });
    };
    let (mut from, mut to) = (first, first);
    for (id, (other, key)) in found {
        if other != book {
            return Err(Void { execution_id: id.clone(), fault: RegroupFault::OtherBook });
        }
        (from, to) = (from.min(key), to.max(key));
    }
    Ok((book, Stretch { from: from.clone(), to: to.clone(), regroupings: vec![regrouping.clone()] }))
}

/// Stretches that have a place in common become one.
fn joined(mut spans: Vec<Stretch>) -> VecDeque<Stretch> {
    // Stable: what begins at one place stays in its order.
    spans.sort_by(|left, right| left.from.cmp(&right.from));
    let mut all: VecDeque<Stretch> = VecDeque::new();
    for next in spans {
        match all.back_mut().filter(|last| next.from <= last.to) {
            Some(last) => {
                last.to = next.to.max(last.to.clone());
                last.regroupings.extend(next.regroupings);
            }
            None => all.push_back(next),
        }
    }
    for stretch in &mut all {
        stretch.regroupings.sort_by_key(|regrouping| (regrouping.created_at, regrouping.id));
    }
    all
}
