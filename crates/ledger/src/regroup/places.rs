//! Where round trips are, by the execution that opens them, and which are taken.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{RegroupFault, Trade};
use crate::{BookStatement, RoundTrip};

/// The execution that is in the way, and why.
pub(super) type Refusal = (String, RegroupFault);

/// A book, its position among the books, and a round trip in it.
pub(super) struct Place<'a, K> {
    pub(super) key: &'a K,
    pub(super) book: &'a BookStatement,
    pub(super) number: usize,
    pub(super) trip: usize,
}

impl<K> Clone for Place<'_, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Place<'_, K> {}

pub(super) struct Places<'a, K> {
    /// Every round trip by its opening execution; two books of one account never share one.
    by_opening: BTreeMap<&'a str, Vec<Place<'a, K>>>,
    /// Book and round trip of everything merged or split.
    taken: BTreeSet<(usize, usize)>,
}

impl<'a, K> Places<'a, K> {
    pub(super) fn of(books: &'a BTreeMap<K, BookStatement>) -> Self {
        let mut by_opening: BTreeMap<&str, Vec<Place<'_, K>>> = BTreeMap::new();
        for (number, (key, book)) in books.iter().enumerate() {
            for (trip, round_trip) in book.matched.round_trips.iter().enumerate() {
                let place = Place { key, book, number, trip };
                by_opening.entry(place.execution(round_trip.opening)).or_default().push(place);
            }
        }
        Self { by_opening, taken: BTreeSet::new() }
    }

    /// The round trip that the execution opens, if no entry has taken it.
    pub(super) fn find(&self, id: &str) -> Result<Place<'a, K>, Refusal> {
        let refuse = |fault| (id.to_owned(), fault);
        match self.by_opening.get(id).map(Vec::as_slice) {
            None | Some([]) => Err(refuse(RegroupFault::UnknownTrade)),
            Some([place]) if self.taken.contains(&(place.number, place.trip)) => {
                Err(refuse(RegroupFault::Overlap))
            }
            Some([place]) => Ok(*place),
            Some(_) => Err(refuse(RegroupFault::Ambiguous)),
        }
    }

    pub(super) fn take(&mut self, place: &Place<'a, K>) {
        self.taken.insert((place.number, place.trip));
    }
}

impl<K: Clone> Places<'_, K> {
    /// The round trips that no entry has taken, each as a trade.
    pub(super) fn untouched(&self) -> impl Iterator<Item = Trade<K>> {
        let places = self.by_opening.values().flatten();
        places
            .filter(|place| !self.taken.contains(&(place.number, place.trip)))
            .filter_map(|place| Trade::of(place, place.trip..place.trip + 1))
    }
}

impl<'a, K> Place<'a, K> {
    pub(super) fn round_trip(&self) -> Option<&'a RoundTrip> {
        self.book.matched.round_trips.get(self.trip)
    }

    /// The id of a fill, by its position among the fills of the book.
    pub(super) fn execution(&self, fill: usize) -> &'a str {
        self.book.executions.get(fill).map_or("", |execution| &execution.id)
    }

    /// The legs of these round trips, by position.
    pub(super) fn legs(&self, round_trips: &Range<usize>) -> Range<usize> {
        let before = |trip: usize| self.book.matched.legs.partition_point(|leg| leg.round_trip < trip);
        before(round_trips.start)..before(round_trips.end)
    }

    /// The open lots, by position, if they belong to these round trips: only the last one can be open.
    pub(super) fn open_lots(&self, round_trips: &Range<usize>) -> Range<usize> {
        let last = round_trips.end == self.book.matched.round_trips.len();
        0..if last { self.book.matched.open_lots.len() } else { 0 }
    }
}
