//! Identity for executions that carry none.

mod turns;

use crate::ParsedFill;
use ledger::{Decimal, Side};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use turns::Turns;

/// Gives equal rows of one file different ids, and the same row of another export the same id.
#[derive(Default)]
pub(crate) struct Ordinals {
    seen: Turns,
    text: String,
}

impl Ordinals {
    /// `row:<hash>#<n>` where n counts the rows with the same fields so far, from 1: identical fills are legitimate.
    pub fn id_of(&mut self, fields: &[&str]) -> String {
        self.text.clear();
        for field in fields {
            self.text.push_str(field);
            self.text.push('\0');
        }
        self.id_of_text(Turns::next)
    }

    /// The same for an execution, by what makes it this one and no other.
    pub fn id_of_fill(&mut self, fill: &ParsedFill) -> String {
        self.text.clear();
        let fees = fill.fees.checked_add(fill.taxes).unwrap_or(Decimal::ZERO);
        let side = if fill.side == Side::Buy { "buy" } else { "sell" };
        // Writing to a text cannot fail.
        let _ = write!(
            self.text,
            "{}\0{}\0{side}\0{}\0{}\0{}\0{fees}\0{}\0",
            fill.executed_at.text, fill.symbol, fill.quantity, fill.price, fill.commission, fill.currency
        );
        let time = fill.executed_at.at;
        self.id_of_text(|turns, half| turns.next_at(time, half))
    }

    fn id_of_text(&mut self, turn: impl FnOnce(&mut Turns, u64) -> u32) -> String {
        let digest = Sha256::digest(self.text.as_bytes());
        let half = digest.iter().take(8).fold(0, |half, byte| half << 8 | u64::from(*byte));
        let ordinal = turn(&mut self.seen, half);
        let mut digits = [0; 32];
        for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(digest) {
            *pair =
                [byte >> 4, byte & 15].map(|digit| if digit < 10 { b'0' + digit } else { b'a' + digit - 10 });
        }
        let mut id = String::with_capacity(40);
        id.push_str("row:");
        id.push_str(std::str::from_utf8(&digits).unwrap_or_default());
        // Writing to a text cannot fail.
        let _ = write!(id, "#{ordinal}");
        id
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
