//! One row of a table, whatever kind of file the table stands in.

use crate::tally::Fault;

/// The cells of one row. The buffers are used again for the next row.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// The file's line on which it begins (of a spreadsheet: the sheet's row), from 1.
    pub line: u64,
    /// All cells, one after the other.
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<usize>,
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
        self.ends.clear();
        self.title.clear();
        self.broken = None;
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// The number of cells.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of all cells.
    pub const fn bytes(&self) -> usize {
        self.text.len()
    }

    /// A cell without white space around it; empty when the row is shorter.
    pub fn at(&self, index: usize) -> &str {
        let Some(end) = self.ends.get(index) else { return "" };
        let start =
            index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.text.get(start..*end).unwrap_or_default().trim()
    }

    /// Its cells, trimmed.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.at(index))
    }

    /// True when every cell is empty.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}
