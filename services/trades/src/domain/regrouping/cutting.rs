//! Cuts the trades of one book as the owner wants them, as they come.

use super::{Cut, Regrouping, Stretch, Void, figures};
use crate::domain::{
    ids::{AccountId, RegroupingId},
    matching::MatchedTrip,
    trade::RoundTrip,
};
use ledger::{
    BookStatement, LedgerError, Matched,
    regroup::{self, Entry, RegroupError},
};
use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    mem,
};

/// For each regrouping why it is not applied, or that it is.
pub type Outcomes = Vec<(RegroupingId, Option<Void>)>;

/// Takes trades from flat to flat in order, and gives them as they are or cut otherwise. It holds no more than the trades
/// of one stretch.
pub struct Regrouper {
    account: AccountId,
    stretches: VecDeque<Stretch>,
    waiting: Vec<MatchedTrip>,
    outcomes: Outcomes,
}

impl Regrouper {
    /// For a book with these stretches, in order.
    pub const fn new(account: AccountId, stretches: VecDeque<Stretch>) -> Self {
        Self { account, stretches, waiting: Vec::new(), outcomes: Vec::new() }
    }

    /// The next trade of the book; gives those that nothing behind it can change.
    pub fn take(&mut self, trip: MatchedTrip) -> Result<Vec<RoundTrip>, LedgerError> {
        let mut rows = Vec::new();
        while let Some(stretch) = self.stretches.pop_front_if(|stretch| stretch.to < trip.row.opening) {
            rows.extend(self.cut(&stretch)?);
        }
        match self.stretches.front() {
            Some(stretch) if stretch.from <= trip.row.opening => self.waiting.push(trip),
            Some(_) | None => rows.push(trip.row),
        }
        Ok(rows)
    }

    /// The rest of the trades.
    pub fn finish(mut self) -> Result<(Vec<RoundTrip>, Outcomes), LedgerError> {
        let mut rows = Vec::new();
        while let Some(stretch) = self.stretches.pop_front() {
            rows.extend(self.cut(&stretch)?);
        }
        Ok((rows, self.outcomes))
    }

    fn cut(&mut self, stretch: &Stretch) -> Result<Vec<RoundTrip>, LedgerError> {
        let (trips, statement) = one_book(mem::take(&mut self.waiting));
        let (asked, order) = asked(&stretch.regroupings);
        let books = BTreeMap::from([((), statement)]);
        let regrouped = asked.apply(&books);
        let mut void = reasons(regrouped.void, &order);
        let makers = makers(&stretch.regroupings, &void);
        let mut rows = Vec::new();
        for trade in &regrouped.trades {
            let made_of = trips.get(trade.round_trips.clone()).unwrap_or_default();
            rows.extend(match (makers.get(trade.id.opening.as_str()), books.get(&())) {
                (Some(maker), Some(book)) => figures::row((self.account, *maker), made_of, book, trade)?,
                (None, _) | (_, None) => made_of.first().cloned(),
            });
        }
        let outcome = |regrouping: &Regrouping| (regrouping.id, void.remove(&regrouping.id));
        self.outcomes.extend(stretch.regroupings.iter().map(outcome));
        Ok(rows)
    }
}

/// What the ledger is asked for, and whose its merges and its splits are.
fn asked(regroupings: &[Regrouping]) -> (regroup::Regrouping, [Vec<RegroupingId>; 2]) {
    let mut asked = regroup::Regrouping::default();
    let [mut merges, mut splits] = [Vec::new(), Vec::new()];
    for regrouping in regroupings {
        match &regrouping.cut {
            Cut::Merge(merge) => {
                asked.merges.push(merge.clone());
                merges.push(regrouping.id);
            }
            Cut::Split(split) => {
                asked.splits.push(split.clone());
                splits.push(regrouping.id);
            }
        }
    }
    (asked, [merges, splits])
}

fn reasons(
    void: Vec<RegroupError>,
    [merges, splits]: &[Vec<RegroupingId>; 2],
) -> HashMap<RegroupingId, Void> {
    let reason = |RegroupError { entry, id, fault }| {
        let regrouping = match entry {
            Entry::Merge(number) => merges.get(number),
            Entry::Split(number) => splits.get(number),
        };
        Some((*regrouping?, Void { execution_id: id, fault }))
    };
    void.into_iter().filter_map(reason).collect()
}

/// The regroupings that are applied, by the executions that they name.
fn makers<'a>(
    regroupings: &'a [Regrouping],
    void: &HashMap<RegroupingId, Void>,
) -> HashMap<&'a str, RegroupingId> {
    let applied = regroupings.iter().filter(|regrouping| !void.contains_key(&regrouping.id));
    applied.flat_map(|one| one.cut.openings().iter().map(|id| (id.as_str(), one.id))).collect()
}

/// Consecutive trades and the book that they make.
fn one_book(trips: Vec<MatchedTrip>) -> (Vec<RoundTrip>, BookStatement) {
    let mut rows = Vec::new();
    let mut book = BookStatement { matched: Matched::default(), executions: Vec::new() };
    for MatchedTrip { row, statement } in trips {
        rows.push(row);
        let Some(BookStatement { matched, executions }) = statement else { continue };
        let (before, number) = (book.executions.len(), book.matched.round_trips.len());
        book.executions.extend(executions);
        book.matched.round_trips.extend(matched.round_trips.into_iter().map(|mut trip| {
            trip.opening += before;
            trip.last += before;
            trip
        }));
        book.matched.legs.extend(matched.legs.into_iter().map(|mut leg| {
            leg.round_trip += number;
            leg.opening += before;
            leg.closing += before;
            leg
        }));
        book.matched.open_lots.extend(matched.open_lots.into_iter().map(|mut lot| {
            lot.opening += before;
            lot
        }));
    }
    (rows, book)
}
