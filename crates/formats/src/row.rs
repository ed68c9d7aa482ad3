//! One row of a table, whatever kind of file the table stands in.

use crate::tally::Fault;
use std::ops::Range;

/// The cells of one row. The buffers are used again for the next row.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// The file's line on which it begins (of a spreadsheet: the sheet's row), from 1.
    pub line: u64,
    /// All cells, one after the other.
    text: String,
    /// Where each cell stands in the text.
    spans: Vec<Range<usize>>,
    /// What a page says about the row beside its cells (a `title`), else empty.
    pub title: String,
    /// Why the row cannot be read at all.
    pub broken: Option<Fault>,
}

impl Row {
    /// Makes room for the next row.
    pub fn start(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.spans.clear();
        self.title.clear();
        self.broken = None;
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        let start = self.text.len();
        self.text.push_str(cell);
        self.spans.push(start..self.text.len());
    }

    /// Adds the cells of a line that has no quotes.
    pub fn split(&mut self, line: &str, delimiter: u8) {
        if line.is_empty() {
            return;
        }
        let begin = self.text.len();
        self.text.push_str(line);
        let mut start = begin;
        let mut end_at = |at: usize| {
            self.spans.push(start..at);
            start = at + 1;
        };
        let (words, rest) = line.as_bytes().as_chunks::<8>();
        for (at, word) in (begin..).step_by(8).zip(words) {
            let mut found = equal_bytes(u64::from_le_bytes(*word), delimiter);
            while found != 0 {
                end_at(at + usize::try_from(found.trailing_zeros() / 8).unwrap_or_default());
                found &= found - 1;
            }
        }
        for (at, byte) in (begin + words.len() * 8..).zip(rest) {
            if *byte == delimiter {
                end_at(at);
            }
        }
        self.spans.push(start..self.text.len());
    }

    /// The number of cells.
    pub const fn len(&self) -> usize {
        self.spans.len()
    }

    /// The bytes of all cells.
    pub const fn bytes(&self) -> usize {
        self.text.len()
    }

    /// A cell without white space around it; empty when the row is shorter.
    pub fn at(&self, index: usize) -> &str {
        let Some(span) = self.spans.get(index) else { return "" };
        let cell = self.text.get(span.clone()).unwrap_or_default();
        // Most cells have nothing around them.
        let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        let bytes = cell.as_bytes();
        if is_plain(bytes.first()) && is_plain(bytes.last()) { cell } else { cell.trim() }
    }

    /// Its cells, trimmed.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.at(index))
    }

    /// True when every cell is empty.
    pub fn is_blank(&self) -> bool {
        self.cells().all(str::is_empty)
    }
}

/// The highest bit of each byte that is this one: eight bytes are compared at once.
const fn equal_bytes(word: u64, byte: u8) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let other = word ^ u64::from_le_bytes([byte; 8]);
    !(((other & LOW) + LOW) | other | LOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_split_wherever_its_delimiters_stand() {
        for line in [
            "a",
            ",",
            "a,b",
            ",,,,,,,,,,",
            "1234567,",
            "12345678,9",
            "é,ü,€ß,+,-;-,\u{ac}",
            "a,b,,c,dddddddddddd,e",
        ] {
            let mut row = Row::default();
            row.start(1);
            row.push("first");
            row.split(line, b',');

            assert_eq!(
                row.cells().skip(1).collect::<Vec<_>>(),
                line.split(',').collect::<Vec<_>>(),
                "{line}"
            );
        }
    }
}
