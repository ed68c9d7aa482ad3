//! The order in which a book takes what happens.

use crate::Timestamp;

/// What [`order`](crate::order) goes by: time, rank, sequence and id.
pub(super) type Key<'a> = (Timestamp, u8, i64, &'a str);

/// The key of the newest event that a book has taken; none after a rewinding.
#[derive(Clone, Default)]
pub(super) struct Newest(Option<(Timestamp, u8, i64, String)>);

impl Newest {
    /// Whether an event of this key may follow.
    pub(super) fn is_before(&self, key: Key<'_>) -> bool {
        self.0.as_ref().is_none_or(|(time, rank, sequence, id)| (*time, *rank, *sequence, id.as_str()) < key)
    }

    /// Takes the key of the next event; the room of its id is used again.
    pub(super) fn advance(&mut self, (time, rank, sequence, id): Key<'_>) {
        match &mut self.0 {
            Some(last) => {
                (last.0, last.1, last.2) = (time, rank, sequence);
                id.clone_into(&mut last.3);
            }
            None => self.0 = Some((time, rank, sequence, id.to_owned())),
        }
    }
}
