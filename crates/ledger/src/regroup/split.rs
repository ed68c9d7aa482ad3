//! One round trip as several trades.

mod ends;

use super::places::{Place, Places, Refusal};
use super::{RegroupFault, Trade};
use crate::{BookStatement, Day, Leg, Timestamp};
use ends::Ends;

/// One round trip that is several trades. Legs stay whole: each goes into the part in which it is closed, or opened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Split {
    /// The execution that opens the round trip.
    pub trade: String,
    /// Which end of a leg decides.
    pub along: Along,
    /// The executions with which a new part begins, in any order; the first part needs none.
    pub begins: Vec<String>,
}

/// Which end of a leg decides on its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Along {
    /// Where it is closed: each scale-out, or the exits of each session. What is open belongs to the last part.
    Exits,
    /// Where it is opened: each scale-in with whatever closes it.
    Entries,
}

impl Split {
    /// Makes each exit of a round trip a trade of its own; `None` if there is no such round trip.
    pub fn at_each_exit(book: &BookStatement, round_trip: usize) -> Option<Self> {
        Self::where_exits_differ(book, round_trip, |leg| leg.closing)
    }

    /// Makes the exits of each day a trade of their own; `day` says on which day, or in which session, a moment is.
    pub fn at_each_day(
        book: &BookStatement,
        round_trip: usize,
        day: impl Fn(Timestamp) -> Day,
    ) -> Option<Self> {
        Self::where_exits_differ(book, round_trip, |leg| day(leg.closed_at))
    }

    fn where_exits_differ<T: PartialEq>(
        book: &BookStatement,
        trip: usize,
        of: impl Fn(&Leg) -> T,
    ) -> Option<Self> {
        let place = Place { key: &(), book, number: 0, trip };
        let trade = place.execution(place.round_trip()?.opening).to_owned();
        let legs = book.matched.legs.get(place.legs(&(trip..trip + 1)))?;
        let differing = legs.windows(2).filter_map(|pair| match pair {
            [before, after] => (of(before) != of(after)).then(|| place.execution(after.closing).to_owned()),
            _ => None,
        });
        Some(Self { trade, along: Along::Exits, begins: differing.collect() })
    }

    pub(super) fn apply<K: Clone>(&self, places: &mut Places<'_, K>) -> Result<Vec<Trade<K>>, Refusal> {
        let place = places.find(&self.trade)?;
        let refuse = |fault| (self.trade.clone(), fault);
        let whole = Trade::of(&place, place.trip..place.trip + 1);
        let whole = whole.ok_or_else(|| refuse(RegroupFault::UnknownTrade))?;
        let ends = Ends::of(&place, &whole, self.along);
        if !ends.add_up_to(&whole) {
            return Err(refuse(RegroupFault::LegsDoNotAddUp));
        }
        let begins = self.boundaries(&place, &ends)?;
        places.take(&place);
        Ok(ends.cut(&place, &whole, &begins))
    }

    /// The fills with which parts begin, ascending.
    fn boundaries<K>(&self, place: &Place<'_, K>, ends: &Ends<'_>) -> Result<Vec<usize>, Refusal> {
        let trip = place.round_trip().map_or(0..0, |trip| trip.opening..trip.last + 1);
        let first = ends.first();
        let mut begins = Vec::new();
        for id in &self.begins {
            let refuse = |fault| Err((id.clone(), fault));
            let Some(fill) = trip.clone().find(|fill| place.execution(*fill) == id) else {
                return refuse(RegroupFault::UnknownFill);
            };
            if !ends.has(fill) {
                return refuse(RegroupFault::InsideLeg);
            }
            if Some(fill) == first {
                return refuse(RegroupFault::EmptyPart);
            }
            if begins.contains(&fill) {
                return refuse(RegroupFault::Twice);
            }
            begins.push(fill);
        }
        if begins.is_empty() {
            return Err((self.trade.clone(), RegroupFault::TooFew));
        }
        begins.sort_unstable();
        Ok(begins)
    }
}
