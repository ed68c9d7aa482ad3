//! Sheets of an Excel workbook (XLSX). It is read whole, but only after it was seen to unpack to an honest size.

mod bomb;
mod references;

use super::{Each, Source, sniff::PointVotes};
use crate::{Limits, ParseError, numbers::Point, row::Row, tally::Fault};
use calamine::{DataRef, ExcelDateTime, Reader as _, SheetVisible, Xlsx, XlsxError};
use std::io::Cursor;

/// A workbook's visible sheets as one sequence of rows; a row's line is its number in the sheet.
pub(crate) struct Workbook {
    book: Xlsx<Cursor<Vec<u8>>>,
    limits: Limits,
}

impl Workbook {
    /// Opens the bytes of a whole file.
    pub fn open(bytes: Vec<u8>, limits: Limits) -> Result<Self, ParseError> {
        bomb::check(&bytes, &limits)?;
        references::check(&bytes)?;
        let book = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        Ok(Self { book, limits })
    }

    fn sheet(&mut self, name: &str, each: &mut Each<'_>) -> Result<(), ParseError> {
        let mut cells = self.book.worksheet_cells_reader(name).map_err(|error| broken(&error))?;
        let mut row = Row::default();
        while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
            let (at, column) = cell.get_position();
            let line = u64::from(at) + 1;
            if line != row.line {
                if row.line != 0 {
                    each(&row)?;
                }
                row.start(line);
            }
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if column >= self.limits.cells {
                let message = format!("a row has at most {} cells", self.limits.cells);
                row.broken = Some(Fault::new("row", "too-many-cells", message));
                continue;
            }
            if column < row.len() {
                let message = "the cells of the row are not in the order of their columns";
                row.broken = Some(Fault::new("row", "cells-out-of-order", message));
                continue;
            }
            while row.len() < column {
                row.push("");
            }
            let text = text(cell.get_value());
            if row.bytes() + text.len() > self.limits.row_bytes {
                let message = format!("a row has at most {} bytes", self.limits.row_bytes);
                row.broken = Some(Fault::new("row", "row-too-long", message));
                continue;
            }
            row.push(&text);
        }
        if row.line != 0 {
            each(&row)?;
        }
        Ok(())
    }
}

impl Source for Workbook {
    fn each(&mut self, each: &mut Each<'_>) -> Result<(), ParseError> {
        let sheets = self.book.sheets_metadata().iter();
        let visible = sheets.filter(|sheet| sheet.visible == SheetVisible::Visible);
        let names: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
        names.iter().try_for_each(|name| self.sheet(name, each))
    }

    /// Numbers that are numbers always have a point; the others are text and follow the same rule as in a text file.
    fn point(&self) -> Point {
        PointVotes::default().point(b',')
    }
}

fn broken(error: &XlsxError) -> ParseError {
    ParseError::Malformed { line: 0, problem: format!("the spreadsheet cannot be read: {error}") }
}

/// A cell as text: a number with its shortest decimals, a date year first.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(time) => date_time(time),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn date_time(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{milli:03}")
}
