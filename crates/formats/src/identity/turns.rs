//! Counts how often each row was there before, in little memory.

use ledger::Timestamp;
use std::{
    cmp::Ordering,
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// More rows of one moment than this are counted in the large table.
const MOST_OF_ONE_MOMENT: usize = 64;

/// A hash is spread evenly already.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 ^= hash;
    }
}

/// How often rows were there, by half of their hash (should two rows share it, one of them starts at 2: their ids differ all the same).
///
/// Equal rows are of one moment. As long as a file goes one way in time it is enough to look at the rows of the moment, and 8 bytes are
/// kept of each row; a file that turns back needs a table of 16.
#[derive(Default)]
pub(super) struct Turns {
    moment: Option<Timestamp>,
    direction: Option<Ordering>,
    of_moment: Vec<(u64, u32)>,
    past: Vec<u64>,
    table: Option<HashMap<u64, u32, BuildHasherDefault<Spread>>>,
}

impl Turns {
    /// The turn of a row whose moment is not known, from 1.
    pub fn next(&mut self, row: u64) -> u32 {
        self.in_table(row)
    }

    /// The turn of a row, from 1.
    pub fn next_at(&mut self, moment: Timestamp, row: u64) -> u32 {
        if self.table.is_some() {
            return self.in_table(row);
        }
        if let Some(last) = self.moment.filter(|last| *last != moment) {
            let direction = moment.cmp(&last);
            if self.direction.is_some_and(|known| known != direction) {
                return self.in_table(row);
            }
            self.direction = Some(direction);
            self.of_moment.clear();
        }
        self.moment = Some(moment);
        if self.of_moment.len() >= MOST_OF_ONE_MOMENT {
            return self.in_table(row);
        }
        self.past.push(row);
        if let Some((_, turn)) = self.of_moment.iter_mut().find(|(known, _)| *known == row) {
            *turn += 1;
            return *turn;
        }
        self.of_moment.push((row, 1));
        1
    }

    fn in_table(&mut self, row: u64) -> u32 {
        let past = std::mem::take(&mut self.past);
        let table = self.table.get_or_insert_with(|| {
            let mut table: HashMap<u64, u32, _> = HashMap::default();
            for row in past {
                *table.entry(row).or_default() += 1;
            }
            table
        });
        let turn = table.entry(row).or_default();
        *turn += 1;
        *turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_row_has_the_turn_that_a_simple_count_gives(
            rows in prop::collection::vec((0_i64..40, 0_u64..3), 0..300),
            order in 0..3,
        ) {
            let mut rows = rows;
            match order {
                0 => rows.sort_by_key(|row| row.0),
                1 => rows.sort_by_key(|row| -row.0),
                _ => {}
            }
            let (mut turns, mut counts) = (Turns::default(), HashMap::new());
            for (moment, row) in rows {
                let hash = row * 1_000 + moment.unsigned_abs();
                let count = counts.entry(hash).or_insert(0);
                *count += 1;
                prop_assert_eq!(turns.next_at(Timestamp(moment), hash), *count);
            }
        }
    }
}
