//! Delimited text, read line by line: a stray quote loses its own row and none below it.

mod cells;
mod lines;

use super::{Each, Encoding, Source, sniff};
use crate::{Limits, ParseError, numbers::Point, row::Row, tally::Fault};
use cells::{End, Quoted, split_quoted};
use encoding_rs::WINDOWS_1252;
use lines::{Line, Lines};
use std::{borrow::Cow, io::BufRead};

/// Rows that the decimal sign is guessed from.
const SNIFFED_ROWS: usize = 200;

/// Text whose cells are separated by comma, semicolon, tab or bar.
pub(crate) struct Delimited<'a> {
    lines: Lines<'a>,
    delimiter: u8,
    point: Point,
    encoding: Encoding,
    limits: Limits,
    columns: Option<usize>,
}

impl<'a> Delimited<'a> {
    /// `head` is what was read of the input already.
    pub fn new(head: Vec<u8>, rest: Box<dyn BufRead + 'a>, encoding: Encoding, limits: Limits) -> Self {
        let delimiter = sniff::delimiter(&head);
        let point = sniffed_point(&head, delimiter, limits);
        let lines = Lines::new(head, rest, limits.row_bytes);
        Self { lines, delimiter, point, encoding, limits, columns: None }
    }

    /// Reads the next row; `false` at the end.
    pub fn next(&mut self, row: &mut Row) -> Result<bool, ParseError> {
        row.start(self.lines.number());
        match self.lines.peek(0)? {
            None => return Ok(false),
            Some(Line::TooLong) => {
                self.lines.skip_line()?;
                let most = self.limits.row_bytes;
                row.broken =
                    Some(Fault::new("row", "row-too-long", format!("a row has at most {most} bytes")));
                return Ok(true);
            }
            Some(Line::At(range)) => {
                let bytes = self.lines.bytes(range.clone());
                if bytes.contains(&b'"') {
                    return self.quoted(row).map(|()| true);
                }
                let text = decoded(bytes, self.encoding, self.lines.offset())?;
                row.split(&text, self.delimiter);
            }
        }
        self.lines.consume(1);
        if row.len() > self.limits.cells {
            too_many_cells(row, self.limits.cells);
        }
        Ok(true)
    }

    /// A row with quotes: it may go on on the next lines, when it ends soon and has the header's columns then.
    fn quoted(&mut self, row: &mut Row) -> Result<(), ParseError> {
        let mut state = Quoted::default();
        let mut bytes = 0;
        for count in 0..self.limits.row_lines {
            let Some(Line::At(range)) = self.lines.peek(count)? else { break };
            bytes += range.len();
            if bytes > self.limits.row_bytes {
                break;
            }
            let text = decoded(self.lines.bytes(range), self.encoding, self.lines.offset())?;
            match split_quoted(&text, self.delimiter, row, &mut state) {
                End::Open => {}
                End::Closed if count == 0 || self.columns.is_none_or(|columns| columns == row.len()) => {
                    self.lines.consume(count + 1);
                    if row.len() > self.limits.cells {
                        too_many_cells(row, self.limits.cells);
                    }
                    return Ok(());
                }
                End::Closed | End::Astray => break,
            }
        }
        self.lines.consume(1);
        row.start(row.line);
        row.push("\"");
        let message = "a quote opens a cell and nothing closes it: the row is not read, the next line is";
        row.broken = Some(Fault::new("row", "stray-quote", message));
        Ok(())
    }
}

fn too_many_cells(row: &mut Row, most: usize) {
    row.broken = Some(Fault::new("row", "too-many-cells", format!("a row has at most {most} cells")));
}

impl Source for Delimited<'_> {
    fn each(&mut self, each: &mut Each<'_>) -> Result<(), ParseError> {
        let mut row = Row::default();
        while self.next(&mut row)? {
            self.columns = Some(each(&row)?).filter(|columns| *columns > 0);
        }
        Ok(())
    }

    fn point(&self) -> Point {
        self.point
    }
}

fn decoded(bytes: &[u8], encoding: Encoding, offset: u64) -> Result<Cow<'_, str>, ParseError> {
    match (std::str::from_utf8(bytes), encoding) {
        (Ok(text), _) => Ok(Cow::Borrowed(text)),
        (Err(_), Encoding::OrWindows1252) => Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0),
        (Err(error), Encoding::Utf8) => {
            let within = u64::try_from(error.valid_up_to()).unwrap_or_default();
            Err(ParseError::NotText { offset: offset + within })
        }
    }
}

fn sniffed_point(head: &[u8], delimiter: u8, limits: Limits) -> Point {
    let lines = Lines::new(head.to_vec(), Box::new(std::io::empty()), limits.row_bytes);
    let encoding = Encoding::OrWindows1252;
    let mut rows = Delimited { lines, delimiter, point: Point::Dot, encoding, limits, columns: None };
    let mut votes = sniff::PointVotes::default();
    let mut row = Row::default();
    for _ in 0..SNIFFED_ROWS {
        if !matches!(rows.next(&mut row), Ok(true)) {
            break;
        }
        row.cells().for_each(|cell| votes.weigh(cell));
    }
    votes.point(delimiter)
}

#[cfg(test)]
mod tests;
