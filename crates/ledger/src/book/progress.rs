//! How far a book has come, and the way back.

use super::order::Newest;
use crate::{Book, Direction, Fraction, Leg, OpenLot, RoundTrip};

/// How far a book has come.
pub(crate) struct Point {
    pub(crate) round_trips: usize,
    pub(crate) legs: usize,
    pub(crate) fills: usize,
}

impl Book {
    pub(crate) fn direction(&self) -> Option<Direction> {
        self.tally.as_ref().map(|tally| tally.direction)
    }

    pub(crate) fn leg_count(&self) -> usize {
        self.legs.as_ref().map_or(0, Vec::len)
    }

    /// Closed round trips, and how many legs there are.
    pub(crate) fn so_far(&self) -> (&[RoundTrip], usize) {
        (&self.round_trips, self.leg_count())
    }

    pub(crate) fn legs(&self) -> &[Leg] {
        self.legs.as_deref().unwrap_or_default()
    }

    /// The round trip that is open, as it stands, and its lots.
    pub(crate) fn open_round_trip(&self) -> Option<(RoundTrip, Vec<OpenLot>)> {
        let tally = self.tally.as_ref()?;
        let lots = self.lots.iter().map(|lot| lot.report(tally.direction, &self.terms)).collect();
        Some((tally.report(&self.terms), lots))
    }

    /// What of its first fill closed the round trip before the one that is open.
    pub(crate) fn opening_closed_quantity(&self) -> Option<Fraction> {
        self.tally.as_ref().map(|tally| tally.opening_closed_quantity.clone())
    }

    /// Fills so far.
    pub(crate) const fn fill_count(&self) -> usize {
        self.count
    }

    /// Forgets everything from a point on at which the book was flat, or from a fill of which `closed` belonged to the
    /// round trip before.
    pub(crate) fn rewind(&mut self, point: &Point, closed: Fraction) {
        self.lots.clear();
        self.tally = None;
        self.round_trips.truncate(point.round_trips);
        if let Some(legs) = &mut self.legs {
            legs.truncate(point.legs);
        }
        self.count = point.fills;
        self.closed_before = closed;
        self.newest = Newest::default();
        self.failure = None;
    }
}
