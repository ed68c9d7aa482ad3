//! A header row: what the cells below it are called.

use crate::row::Row;

/// Names of columns in lower case, white space collapsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Header {
    names: Vec<String>,
}

impl Header {
    /// The names that a row would give if it were a header.
    pub fn of(row: &Row) -> Self {
        Self { names: row.cells().map(name).collect() }
    }

    /// True when all of these columns are there.
    pub fn has(&self, columns: &[&str]) -> bool {
        columns.iter().all(|column| self.index(column).is_some())
    }

    /// True when one of these columns is there: the names that one column has in several languages.
    pub fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.index(name).is_some())
    }

    /// The position of the first column with this name.
    pub fn index(&self, column: &str) -> Option<usize> {
        self.names.iter().position(|name| name == column)
    }

    /// The position of the column that a cell would be the name of.
    pub fn index_of_cell(&self, cell: &str) -> Option<usize> {
        if cell.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let cell = cell.trim_matches(|c: char| c == '"' || c == '\u{feff}');
        self.names.iter().position(|name| !name.is_empty() && name.eq_ignore_ascii_case(cell))
    }

    /// The position of the n-th (from 0) column with this name.
    pub fn nth(&self, column: &str, n: usize) -> Option<usize> {
        let mut positions = self.names.iter().enumerate().filter(|(_, name)| *name == column);
        positions.nth(n).map(|(index, _)| index)
    }

    /// The first name that starts with this text: names that carry a zone or a currency, such as `closing time (utc+2)`.
    pub fn starting_with(&self, start: &str) -> Option<&str> {
        self.names.iter().map(String::as_str).find(|name| name.starts_with(start))
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The number of columns.
    pub fn len(&self) -> usize {
        self.names.len()
    }
}

/// A header's cell without case, quotes and surplus white space.
pub(crate) fn name(cell: &str) -> String {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\u{feff}');
    let words: Vec<&str> = cell.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_case_and_space_and_by_their_turn() {
        let mut row = Row::default();
        row.start(1);
        for cell in ["\u{feff}Time", " Price ", "S /\u{a0}L", "price"] {
            row.push(cell);
        }

        let header = Header::of(&row);

        assert!(header.has(&["time", "s / l"]));
        assert_eq!(
            (header.index("price"), header.nth("price", 1), header.nth("price", 2)),
            (Some(1), Some(3), None)
        );
    }
}
