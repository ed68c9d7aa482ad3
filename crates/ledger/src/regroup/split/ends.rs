//! The legs of a round trip, dealt out to the parts of a split.

use std::collections::BTreeMap;

use super::Along;
use crate::regroup::places::Place;
use crate::regroup::{Trade, TradeId};
use crate::{Fraction, Leg, OpenLot, Sums, Timestamp};

/// The legs and open lots of a round trip by the fill that decides on their part.
pub(super) struct Ends<'a> {
    legs: Vec<(usize, usize, &'a Leg)>,
    /// With `usize::MAX` for "after every fill".
    open_lots: Vec<(usize, usize, &'a OpenLot)>,
}

impl<'a> Ends<'a> {
    pub(super) fn of<K>(place: &Place<'a, K>, whole: &Trade<K>, along: Along) -> Self {
        let matched = &place.book.matched;
        let leg = |index: &usize| {
            let leg = matched.legs.get(*index)?;
            Some((if along == Along::Exits { leg.closing } else { leg.opening }, *index, leg))
        };
        let open_lot = |index: &usize| {
            let lot = matched.open_lots.get(*index)?;
            Some((if along == Along::Exits { usize::MAX } else { lot.opening }, *index, lot))
        };
        Self {
            legs: whole.legs.iter().filter_map(leg).collect(),
            open_lots: whole.open_lots.iter().filter_map(open_lot).collect(),
        }
    }

    fn all(&self) -> impl Iterator<Item = usize> {
        let lots = self.open_lots.iter().map(|(fill, ..)| *fill);
        self.legs.iter().map(|(fill, ..)| *fill).chain(lots)
    }

    pub(super) fn first(&self) -> Option<usize> {
        self.all().min()
    }

    pub(super) fn has(&self, fill: usize) -> bool {
        self.all().any(|end| end == fill)
    }

    pub(super) fn add_up_to<K>(&self, whole: &Trade<K>) -> bool {
        let closed: Fraction = self.legs.iter().map(|(.., leg)| &leg.quantity).sum();
        let open: Fraction = self.open_lots.iter().map(|(.., lot)| &lot.quantity).sum();
        closed == whole.exit_quantity && closed + open == whole.entry_quantity
    }

    /// Deals the legs and lots out to the parts; what belongs to no leg, such as funding, goes to the last part.
    pub(super) fn cut<K: Clone>(
        &self,
        place: &Place<'_, K>,
        whole: &Trade<K>,
        begins: &[usize],
    ) -> Vec<Trade<K>> {
        let mut parts: BTreeMap<usize, Trade<K>> = BTreeMap::new();
        let mut rest = whole.sums.clone();
        let number = |fill: usize| begins.partition_point(|begin| *begin <= fill);
        for (fill, index, leg) in &self.legs {
            let part = parts.entry(number(*fill)).or_insert_with(|| whole.empty(leg.opened_at));
            part.add_leg(*index, leg);
            rest -= &Sums::from(*leg);
        }
        for (fill, index, lot) in &self.open_lots {
            let part = parts.entry(number(*fill)).or_insert_with(|| whole.empty(lot.opened_at));
            part.add_open_lot(*index, lot);
        }
        for (number, part) in &mut parts {
            let begin = number.checked_sub(1).and_then(|before| begins.get(before));
            part.id.part = begin.map(|fill| place.execution(*fill).to_owned());
        }
        if let Some(mut last) = parts.last_entry() {
            last.get_mut().sums += &rest;
        }
        parts.into_values().collect()
    }
}

impl<K: Clone> Trade<K> {
    /// A part of this trade that has nothing yet.
    fn empty(&self, opened_at: Timestamp) -> Self {
        Self {
            id: TradeId { opening: self.id.opening.clone(), part: None },
            book: self.book.clone(),
            round_trips: self.round_trips.clone(),
            direction: self.direction,
            opened_at,
            closed_at: None,
            entry_quantity: Fraction::ZERO,
            exit_quantity: Fraction::ZERO,
            sums: Sums::default(),
            legs: Vec::new(),
            open_lots: Vec::new(),
        }
    }

    fn add_leg(&mut self, index: usize, leg: &Leg) {
        self.opened_at = self.opened_at.min(leg.opened_at);
        self.closed_at = self.closed_at.max(Some(leg.closed_at));
        self.entry_quantity += &leg.quantity;
        self.exit_quantity += &leg.quantity;
        self.sums += &Sums::from(leg);
        self.legs.push(index);
    }

    /// Lots come after all legs: what they leave open stays so.
    fn add_open_lot(&mut self, index: usize, lot: &OpenLot) {
        self.opened_at = self.opened_at.min(lot.opened_at);
        self.closed_at = None;
        self.entry_quantity += &lot.quantity;
        self.open_lots.push(index);
    }
}
