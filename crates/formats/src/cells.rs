//! A row below its header: cells by name, and what they say.

use crate::{
    Header,
    numbers::{self, Point},
    row::Row,
    tally::{Fault, quoted},
};
use ledger::Decimal;

/// A row below its header. Columns are named in lower case.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'r> {
    /// The names of its cells.
    pub header: &'r Header,
    /// The row itself.
    pub row: &'r Row,
    /// The file's line, from 1.
    pub line: u64,
    /// How the file separates decimals.
    pub point: Point,
}

impl<'r> Cells<'r> {
    pub const fn new(header: &'r Header, row: &'r Row, point: Point) -> Self {
        Self { header, row, line: row.line, point }
    }

    /// The trimmed cell of a column; empty when the row or the table does not have it.
    pub fn get(&self, column: &str) -> &'r str {
        self.header.index(column).map_or("", |index| self.row.at(index))
    }

    /// The cell of the first of these columns that the table has: the names that one column has in several exports.
    pub fn any(&self, columns: &[&str]) -> &'r str {
        columns.iter().find_map(|column| self.header.index(column)).map_or("", |index| self.row.at(index))
    }

    /// The cell of the n-th (from 0) of several columns with the same name.
    pub fn nth(&self, column: &str, n: usize) -> &'r str {
        self.header.nth(column, n).map_or("", |index| self.row.at(index))
    }

    /// The cell at a position, from 0.
    pub fn at(&self, index: usize) -> &'r str {
        self.row.at(index)
    }

    /// A cell that must not be empty.
    pub fn required(&self, column: &'static str) -> Result<&'r str, Fault> {
        match self.get(column) {
            "" => Err(Fault::new(column, "missing-value", "the cell is empty")),
            cell => Ok(cell),
        }
    }

    /// A number that must be there.
    pub fn decimal(&self, column: &'static str) -> Result<Decimal, Fault> {
        numbers::decimal(column, self.get(column), self.point)
    }

    /// A number, 0 where the cell says there is none.
    pub fn decimal_or_zero(&self, column: &'static str) -> Result<Decimal, Fault> {
        numbers::decimal_or_zero(column, self.get(column), self.point)
    }

    /// A number, if the cell has one.
    pub fn optional(&self, column: &'static str) -> Result<Option<Decimal>, Fault> {
        numbers::optional(column, self.get(column), self.point)
    }

    /// A quantity above 0.
    pub fn quantity(&self, column: &'static str) -> Result<Decimal, Fault> {
        self.quantity_of(column, &[column])
    }

    /// A quantity above 0, in the column that has one of these names; `column` is what it is called in a diagnostic.
    pub fn quantity_of(&self, column: &'static str, names: &[&str]) -> Result<Decimal, Fault> {
        let cell = self.any(names);
        let quantity = numbers::decimal(column, cell, self.point)?;
        if quantity.is_positive() {
            return Ok(quantity);
        }
        Err(Fault::new(column, "zero-quantity", format!("{} is no quantity greater than 0", quoted(cell))))
    }
}
