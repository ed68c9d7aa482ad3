//! Delimited text: finds the header row wherever it stands, and hands out the rows below by line.

use crate::{ParseError, numbers::Point};
use csv::{ByteRecord, ReaderBuilder};
use std::io::{BufRead, Read};

/// A row longer than this is hostile.
pub(crate) const MAX_ROW_BYTES: usize = 64 * 1024;
/// The header stands within the first rows.
const MAX_PREAMBLE: usize = 50;

/// An opened table, positioned at its first data row.
pub(crate) struct Table<'a> {
    reader: csv::Reader<Box<dyn BufRead + 'a>>,
    header: Vec<String>,
    /// The header's line.
    pub header_line: u64,
    /// How this file separates decimals.
    pub point: Point,
    record: ByteRecord,
}

/// One data row.
pub(crate) struct Row<'t> {
    header: &'t [String],
    record: &'t ByteRecord,
    /// The file's line, from 1.
    pub line: u64,
}

impl<'a> Table<'a> {
    /// Reads up to the header that `is_header` recognises (by lower-case names); `expected` says what it looked for.
    pub fn open(
        mut input: Box<dyn BufRead + 'a>,
        format: &'static str,
        expected: &str,
        is_header: fn(&[String]) -> bool,
    ) -> Result<Self, ParseError> {
        let mut head = Vec::new();
        input.by_ref().take(64 * 1024).read_to_end(&mut head)?;
        let delimiter = sniff(&head);
        let point = if delimiter == b';' { Point::Comma } else { Point::Dot };
        let whole: Box<dyn BufRead + 'a> = Box::new(std::io::Cursor::new(head).chain(input));
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(64 * 1024)
            .from_reader(whole);
        let mut record = ByteRecord::new();
        for _ in 0..MAX_PREAMBLE {
            if !next(&mut reader, &mut record)? {
                break;
            }
            let names: Vec<String> = record.iter().map(name).collect();
            if is_header(&names) {
                let header_line = line_of(&record);
                return Ok(Self { reader, header: names, header_line, point, record });
            }
        }
        Err(ParseError::WrongFormat { format, expected: expected.to_owned() })
    }

    /// The next row; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Row<'_>>, ParseError> {
        if !next(&mut self.reader, &mut self.record)? {
            return Ok(None);
        }
        let line = line_of(&self.record);
        for cell in &self.record {
            if std::str::from_utf8(cell).is_err() {
                let offset = self.record.position().map_or(0, csv::Position::byte);
                return Err(ParseError::NotText { offset });
            }
        }
        Ok(Some(Row { header: &self.header, record: &self.record, line }))
    }
}

impl Row<'_> {
    /// The trimmed cell of a column (lower case); empty when the row or the table does not have it.
    pub fn cell(&self, column: &str) -> &str {
        let index = self.header.iter().position(|name| name == column);
        let cell = index.and_then(|index| self.record.get(index)).unwrap_or_default();
        std::str::from_utf8(cell).unwrap_or_default().trim()
    }

    /// True when every cell is empty.
    pub fn is_blank(&self) -> bool {
        self.record.iter().all(<[u8]>::is_empty)
    }

    /// True when the row is too long to be honest.
    pub fn is_oversized(&self) -> bool {
        self.record.as_slice().len() > MAX_ROW_BYTES
    }
}

fn next(
    reader: &mut csv::Reader<Box<dyn BufRead + '_>>,
    record: &mut ByteRecord,
) -> Result<bool, ParseError> {
    reader.read_byte_record(record).map_err(|error| {
        let line = error.position().map_or(0, csv::Position::line);
        let problem = error.to_string();
        if let csv::ErrorKind::Io(error) = error.into_kind() {
            return ParseError::Io(error);
        }
        ParseError::Malformed { line, problem }
    })
}

fn line_of(record: &ByteRecord) -> u64 {
    record.position().map_or(0, csv::Position::line)
}

/// A header cell without quotes, spaces and case.
fn name(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim().to_lowercase()
}

/// The delimiter that the first lines have most of.
fn sniff(head: &[u8]) -> u8 {
    let lines = head.split(|byte| *byte == b'\n').take(MAX_PREAMBLE);
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in lines.flatten() {
        if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| delimiter == byte) {
            *count += 1;
        }
    }
    // The first of equals wins: a comma, unless another is clearly the one.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

/// A header line's lower-case names, for recognising a format in raw text.
pub(crate) fn names_of(line: &str) -> Vec<String> {
    let delimiter = char::from(sniff(line.as_bytes()));
    line.trim_start_matches('\u{feff}')
        .split(delimiter)
        .map(|cell| cell.trim().trim_matches('"').trim().to_lowercase())
        .collect()
}
