//! A file's beginning, as formats are recognised by it.

use crate::{
    Header, Limits, ParseError,
    file::{File, Kind},
    reader::Match,
    row::Row,
    source::Encoding,
};

/// Rows that are looked at.
const ROWS: usize = 400;

/// A file's beginning.
#[derive(Debug)]
pub(crate) struct Head {
    /// The text, what is no UTF-8 replaced; empty for a workbook.
    pub text: String,
    /// The first rows, as the names that they would be as headers; none for XML.
    pub rows: Vec<Header>,
}

impl Head {
    /// Reads the beginning of a file (of a workbook: all of it).
    pub fn read(mut bytes: &[u8], limits: Limits) -> Result<Self, ParseError> {
        let file = File::open(&mut bytes, limits)?;
        let kind = file.kind();
        let text = String::from_utf8_lossy(file.head()).into_owned();
        let mut rows = Vec::new();
        if kind != Kind::Xml {
            let mut source = file.rows(Encoding::OrWindows1252)?;
            let ended = source.each(&mut |row: &Row| {
                rows.push(Header::of(row));
                // Any error ends the look.
                if rows.len() < ROWS { Ok(0) } else { Err(ParseError::Empty) }
            });
            if let (Err(error), Kind::Workbook, true) = (ended, kind, rows.is_empty()) {
                return Err(error);
            }
        }
        Ok(Self { text, rows })
    }

    /// The header among the first rows that has all these columns (in lower case).
    pub fn header(&self, columns: &[&str]) -> Option<&Header> {
        self.rows.iter().find(|row| row.has(columns))
    }

    /// A match when some row has all these columns. Each column that must be there takes three tenths off the doubt.
    pub fn columns(&self, columns: &[&str]) -> Option<Match> {
        self.header(columns)?;
        let confidence = columns.iter().fold(1.0, |doubt: f32, _| doubt * 0.7);
        let why = format!("it has the columns {}", columns.join(", "));
        Some(Match { confidence: 1.0 - confidence, why })
    }
}
