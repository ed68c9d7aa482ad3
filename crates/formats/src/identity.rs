//! Identity for executions that carry none.

mod turns;

use crate::ParsedFill;
use ledger::{Decimal, Side};
use sha2::{Digest as _, Sha256};
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
            self.field(field);
        }
        self.id_of_text(Turns::next)
    }

    /// The same for an execution, by what makes it this one and no other.
    pub fn id_of_fill(&mut self, fill: &ParsedFill) -> String {
        self.text.clear();
        let side = if fill.side == Side::Buy { "buy" } else { "sell" };
        let fees = if fill.taxes.is_zero() { Some(fill.fees) } else { fill.fees.checked_add(fill.taxes) };
        self.field(&fill.executed_at.text);
        self.field(&fill.symbol);
        self.field(side);
        for number in [fill.quantity, fill.price, fill.commission, fees.unwrap_or_default()] {
            number.write_to(&mut self.text);
            self.text.push('\0');
        }
        self.field(&fill.currency);
        let time = fill.executed_at.at;
        self.id_of_text(|turns, half| turns.next_at(time, half))
    }

    fn field(&mut self, field: &str) {
        self.text.push_str(field);
        self.text.push('\0');
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
        id.push('#');
        Decimal::from(i64::from(ordinal)).write_to(&mut id);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::times::{Clock, DateRule};

    #[test]
    fn ids_stay_what_they_were_in_earlier_versions() {
        let number = |text: &str| Decimal::from_str_exact(text).unwrap();
        let moment = Clock::utc(DateRule::YearFirst).read("time", "2026-01-05T14:30:00Z").unwrap();
        let mut fill =
            ParsedFill::new(1, moment, "AAPL", Side::Buy, number("100.00"), number("243.36"), "USD");
        (fill.commission, fill.fees, fill.taxes) = (number("-1.50"), number("0.02"), number("0.01"));
        let mut ids = Ordinals::default();

        assert_eq!(ids.id_of(&["AAPL", "1"]), "row:93f59f521980c5b2eee82a56d7963a6b#1");
        assert_eq!(ids.id_of_fill(&fill), "row:fa20e6b1d85a0df6c8fc83dee1724a7f#1");
    }

    #[test]
    fn equal_rows_differ_and_another_file_repeats_them() {
        let (mut first, mut second) = (Ordinals::default(), Ordinals::default());
        let ids = [first.id_of(&["AAPL", "1"]), first.id_of(&["AAPL", "1"]), first.id_of(&["AAPL1", ""])];

        assert_ne!(ids[0], ids[1]);
        assert_ne!(ids[0], ids[2]);
        assert_eq!([second.id_of(&["AAPL", "1"]), second.id_of(&["AAPL", "1"])], ids[..2]);
    }
}
