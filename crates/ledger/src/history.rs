//! A book that is kept up to date while events arrive, late ones too.

use std::cmp::Ordering;

use crate::book::Point;
use crate::{Book, Event, Fraction, LedgerError, Leg, Matched, OpenLot, RoundTrip, Terms};

/// The events of one book, and what they come to.
///
/// Where a book is flat nothing of its past matters. So an insertion is matched again from the opening of the round
/// trip that it falls into, and what was closed before stands: `k` new events at the end of `n` cost
/// `O(k + events of the open round trip)`, whatever `n` is. A late event costs, beside that, what comes after it.
///
/// Duplicates, corrections and busts are to be [resolved](crate::resolve) before.
#[derive(Clone)]
pub struct History {
    events: Vec<Event>,
    /// How many fills the book had before each event.
    fills_before: Vec<usize>,
    /// Where each round trip opened; one that is still open among them.
    openings: Vec<Opening>,
    book: Book,
}

/// Where a round trip opened.
#[derive(Clone)]
struct Opening {
    /// The position of its first event.
    event: usize,
    /// Legs before it.
    legs: usize,
    /// What of its first fill closed the round trip before.
    closed: Fraction,
}

impl History {
    /// No events.
    pub fn new(terms: Terms) -> Self {
        Self { events: Vec::new(), fills_before: Vec::new(), openings: Vec::new(), book: Book::new(terms) }
    }

    /// Adds events, in any order, and matches again what they change. An event that is there already is ignored.
    ///
    /// Answers the position of the first round trip that may be new or different; those before it stand. After an
    /// error the history is as it was.
    pub fn insert(&mut self, mut events: Vec<Event>) -> Result<usize, LedgerError> {
        events.sort_by(|left, right| left.key().cmp(&right.key()));
        events.dedup();
        events.retain(|event| self.place(event).is_none_or(|place| self.events.get(place) != Some(event)));
        let Some(first) = events.first() else { return Ok(self.round_trip_count()) };
        let place = self.events.partition_point(|known| known.key() < first.key());
        let before = self.clone_tail(place);
        let tail = merge(self.events.split_off(place), events);
        self.rematch(place, tail).inspect_err(|_| {
            // What was there before matched, so it does again.
            let _restored = self.rematch(place, before);
        })
    }

    /// Takes events out, and matches again what that changes. One that is not there is ignored.
    ///
    /// Answers the position of the first round trip that may be gone or different; those before it stand.
    pub fn remove(&mut self, events: &[Event]) -> Result<usize, LedgerError> {
        let places: Vec<usize> = events.iter().filter_map(|event| self.place(event)).collect();
        let Some(first) = places.iter().min().copied() else { return Ok(self.round_trip_count()) };
        let tail = self.events.split_off(first);
        let kept = (first..).zip(tail).filter(|(place, _)| !places.contains(place)).map(|(_, event)| event);
        let kept = kept.collect();
        self.rematch(first, kept)
    }

    /// The events, in order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The round trips that are over, in the order in which they opened.
    pub fn closed_round_trips(&self) -> &[RoundTrip] {
        self.book.so_far().0
    }

    /// The round trip that is open, as it stands, and its lots.
    pub fn open_round_trip(&self) -> Option<(RoundTrip, Vec<OpenLot>)> {
        self.book.open_round_trip()
    }

    /// The legs, in the order in which they were closed.
    pub fn legs(&self) -> &[Leg] {
        self.book.legs()
    }

    /// Everything: what [`match_events`](crate::match_events) makes of the same events.
    pub fn matched(&self) -> Result<Matched, LedgerError> {
        self.book.clone().finish()
    }

    fn round_trip_count(&self) -> usize {
        self.openings.len()
    }

    fn place(&self, event: &Event) -> Option<usize> {
        self.events.binary_search_by(|known| known.key().cmp(&event.key())).ok()
    }

    fn clone_tail(&self, place: usize) -> Vec<Event> {
        self.events.get(place..).unwrap_or_default().to_vec()
    }

    /// Replaces what comes from `place` on by `tail`, which is in order.
    fn rematch(&mut self, place: usize, tail: Vec<Event>) -> Result<usize, LedgerError> {
        let from = self.rewind(place);
        self.events.truncate(place);
        self.events.extend(tail);
        self.fills_before.truncate(from);
        let first_changed = self.openings.len();
        for position in from..self.events.len() {
            self.apply(position)?;
        }
        Ok(first_changed)
    }

    /// Takes the book back to where it was before `place`, or before the opening of the round trip that is open there;
    /// answers the position of the event to go on with.
    fn rewind(&mut self, place: usize) -> usize {
        let opened_before = self.openings.partition_point(|opening| opening.event < place);
        let closed = self.book.so_far().0.len();
        let is_open_there = opened_before > 0 && self.last_event_of(opened_before - 1, closed) >= place;
        let kept = opened_before - usize::from(is_open_there);
        let restart = self.openings.get(kept).filter(|_| is_open_there).cloned();
        let next_legs = self.openings.get(kept).map_or(self.book.so_far().1, |opening| opening.legs);
        let event = restart.as_ref().map_or(place, |opening| opening.event);
        let fills = self.fills_before.get(event).copied().unwrap_or(self.book.fill_count());
        let closed = restart.map_or(Fraction::ZERO, |opening| opening.closed);
        self.book.rewind(&Point { round_trips: kept, legs: next_legs, fills }, closed);
        self.openings.truncate(kept);
        event
    }

    /// The position of the event that closed a round trip; beyond all for the one that is open.
    fn last_event_of(&self, round_trip: usize, closed: usize) -> usize {
        let last = self.book.so_far().0.get(round_trip).filter(|_| round_trip < closed).map(|trip| trip.last);
        // The closing fill is the last event with as many fills before it.
        last.map_or(usize::MAX, |last| self.fills_before.partition_point(|&before| before <= last) - 1)
    }

    fn apply(&mut self, position: usize) -> Result<(), LedgerError> {
        let Some(event) = self.events.get(position) else { return Ok(()) };
        let (closed_before, legs) = (self.book.so_far().0.len(), self.book.so_far().1);
        self.fills_before.push(self.book.fill_count());
        let resumes = !self.book.is_flat();
        self.book.apply_event(event)?;
        let closed_now = self.book.so_far().0.len() > closed_before;
        if let Some(closed) = self.book.opening_closed_quantity()
            && (closed_now || !resumes)
        {
            let legs = if closed_now { self.book.so_far().1 } else { legs };
            self.openings.push(Opening { event: position, legs, closed });
        }
        Ok(())
    }
}

/// Two ordered lists in one.
fn merge(left: Vec<Event>, right: Vec<Event>) -> Vec<Event> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        let next = if one.key().cmp(&other.key()) == Ordering::Greater { right.next() } else { left.next() };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    merged
}
