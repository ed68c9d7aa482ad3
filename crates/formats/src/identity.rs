//! Identity for executions that carry none.

use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// Gives equal rows of one file different ids, and the same row of another export the same id.
#[derive(Default)]
pub(crate) struct Ordinals {
    seen: HashMap<[u8; 16], u32>,
}

impl Ordinals {
    /// `row:<hash>#<n>` where n counts the rows with the same fields so far, from 1: identical fills are legitimate.
    pub fn id_of(&mut self, fields: &[&str]) -> String {
        let mut hasher = Sha256::new();
        for field in fields {
            hasher.update(field.as_bytes());
            hasher.update([0]);
        }
        let mut hash = [0; 16];
        for (to, from) in hash.iter_mut().zip(hasher.finalize()) {
            *to = from;
        }
        let ordinal = self.seen.entry(hash).or_default();
        *ordinal += 1;
        format!("row:{:032x}#{ordinal}", u128::from_be_bytes(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_differ_and_another_file_repeats_them() {
        let (mut first, mut second) = (Ordinals::default(), Ordinals::default());
        let ids = [first.id_of(&["AAPL", "1"]), first.id_of(&["AAPL", "1"]), first.id_of(&["AAPL1", ""])];

        assert_ne!(ids[0], ids[1]);
        assert_ne!(ids[0], ids[2]);
        assert_eq!([second.id_of(&["AAPL", "1"]), second.id_of(&["AAPL", "1"])], ids[..2]);
    }
}
