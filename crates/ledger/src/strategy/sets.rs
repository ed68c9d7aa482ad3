//! Things that belong together because others link them (union-find).

use std::collections::BTreeMap;

/// The things 0, 1, ... of which some belong together.
pub(super) struct Sets {
    /// For each thing an earlier one of its set, or itself.
    earlier: Vec<usize>,
}

impl Sets {
    pub(super) fn of(count: usize) -> Self {
        Self { earlier: (0..count).collect() }
    }

    /// The first thing of the set.
    fn first(&mut self, mut thing: usize) -> usize {
        while let Some(&next) = self.earlier.get(thing).filter(|next| **next != thing) {
            let further = self.earlier.get(next).copied().unwrap_or(next);
            if let Some(place) = self.earlier.get_mut(thing) {
                *place = further;
            }
            thing = next;
        }
        thing
    }

    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        if let Some(place) = self.earlier.get_mut(one.max(other)) {
            *place = one.min(other);
        }
    }

    /// The sets in the order of their first things, each in order.
    pub(super) fn list(mut self) -> Vec<Vec<usize>> {
        let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for thing in 0..self.earlier.len() {
            sets.entry(self.first(thing)).or_default().push(thing);
        }
        sets.into_values().collect()
    }
}
