//! Made-up executions as generic CSV: the same every time, oldest first, each book flat at the end.

use anyhow::Context as _;
use std::fmt::Write as _;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// Symbols, each a book of its own.
const BOOKS: usize = 400;
/// 2024-01-02T14:30:00Z.
const FIRST: i64 = 1_704_205_800;
const APART: Duration = Duration::seconds(240);
const HEADER: &str = "timestamp,symbol,side,quantity,price,commission,execution_id\n";

/// A source of executions.
#[derive(Debug)]
pub(crate) struct Fills {
    random: u64,
    books: Vec<Book>,
    /// How many fills a trade takes, in turn.
    lengths: &'static [u32],
    total: u32,
    made: u32,
    /// Fills that the open trades still need to become flat.
    outstanding: u32,
    opened: usize,
    closed: u32,
}

#[derive(Clone, Copy, Debug)]
struct Book {
    long: bool,
    held: u32,
    /// Of the open trade; 0 when flat.
    fills_left: u32,
    cents: u32,
}

impl Fills {
    /// Two fills and three fills a trade in turn: two of five fills close a trade.
    pub fn mixed(total: u32) -> Self {
        Self::new(total, &[2, 3])
    }

    /// Two fills a trade: as many trades as possible.
    pub fn pairs(total: u32) -> Self {
        Self::new(total, &[2])
    }

    fn new(total: u32, lengths: &'static [u32]) -> Self {
        let book = Book { long: true, held: 0, fills_left: 0, cents: 10_000 };
        let books = vec![book; BOOKS];
        Self { random: 0x9e37_79b9, books, lengths, total, made: 0, outstanding: 0, opened: 0, closed: 0 }
    }

    /// Trades that the fills so far have closed.
    pub fn closed(&self) -> u32 {
        self.closed
    }

    /// The next `rows` fills as a file.
    pub fn file(&mut self, rows: u32) -> anyhow::Result<String> {
        let mut file = String::from(HEADER);
        for _ in 0..rows.min(self.total - self.made) {
            self.row(&mut file)?;
        }
        Ok(file)
    }

    fn row(&mut self, file: &mut String) -> anyhow::Result<()> {
        let left = self.total - self.made - self.outstanding;
        let index = self.choose(left > 1);
        let length =
            self.lengths.get(self.opened % self.lengths.len()).copied().unwrap_or(2).min(left.max(1));
        let (lot, step) = (1 + self.roll(50), self.roll(41));
        let book = self.books.get_mut(index).context("there is no such book")?;
        // A random walk that stays above 20.00.
        book.cents = (book.cents + step).saturating_sub(20).max(2_000);
        let (buys, quantity) = if book.fills_left == 0 {
            *book = Book { long: step % 2 == 0, held: lot * 10, fills_left: length - 1, ..*book };
            self.opened += 1;
            self.outstanding += length - 1;
            (book.long, book.held)
        } else {
            self.outstanding -= 1;
            book.fills_left -= 1;
            if book.fills_left == 0 {
                self.closed += 1;
                (!book.long, std::mem::take(&mut book.held))
            } else {
                book.held += lot * 10;
                (book.long, lot * 10)
            }
        };
        let time = OffsetDateTime::from_unix_timestamp(FIRST)? + APART * self.made;
        let (side, (whole, cents)) =
            (if buys { "buy" } else { "sell" }, (book.cents / 100, book.cents % 100));
        let commission = 35 + quantity / 10;
        writeln!(
            file,
            "{},S{index},{side},{quantity},{whole}.{cents:02},{}.{:02},X{}",
            time.format(&Rfc3339)?,
            commission / 100,
            commission % 100,
            self.made
        )?;
        self.made += 1;
        Ok(())
    }

    /// Any book, or only one with an open trade when the rest of the fills is needed to close those.
    fn choose(&mut self, any: bool) -> usize {
        let from = self.roll(400) as usize;
        if any {
            return from;
        }
        let later = (from..BOOKS).chain(0..from);
        later.into_iter().find(|index| self.is_open(*index)).unwrap_or(from)
    }

    fn is_open(&self, index: usize) -> bool {
        self.books.get(index).is_some_and(|book| book.fills_left > 0)
    }

    /// 0..below, evenly enough (xorshift).
    fn roll(&mut self, below: u32) -> u32 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        u32::try_from((self.random >> 16) % u64::from(below)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_book_is_flat_at_the_end_and_two_of_five_fills_close_a_trade() {
        let mut fills = Fills::mixed(10_000);
        let file = fills.file(10_000).unwrap();
        let mut held: BTreeMap<&str, i64> = BTreeMap::new();
        let mut closed = 0;
        for line in file.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let quantity: i64 = cells[3].parse().unwrap();
            let position = held.entry(cells[1]).or_default();
            *position += if cells[2] == "buy" { quantity } else { -quantity };
            closed += u32::from(*position == 0);
        }

        assert_eq!(file.lines().count(), 10_001);
        assert!(held.values().all(|position| *position == 0));
        assert_eq!(closed, fills.closed());
        assert!((3_950..=4_050).contains(&closed), "{closed} close a trade");
    }

    #[test]
    fn the_same_fills_are_made_every_time_in_files_that_may_be_uploaded() {
        let mut fills = Fills::pairs(200_000);
        let made = [fills.file(100_000).unwrap(), fills.file(100_000).unwrap()];

        assert_eq!(Fills::pairs(200_000).file(100_000).unwrap(), made[0]);
        assert_eq!(fills.closed(), 100_000);
        assert!(made.iter().all(|file| file.len() <= 10 * 1024 * 1024));
    }
}
