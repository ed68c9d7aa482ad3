//! Reads tables: finds their headers, and hands the rows below them to a reader.

use super::{Out, Run};
use crate::{
    Cells, Header, ParseError,
    file::File,
    numbers::Point,
    row::Row,
    source::Encoding,
    tally::{Fault, Outcome},
};

/// What a row is, by its own content.
pub(crate) enum Line<K> {
    /// The header of a table of this kind.
    Header(K),
    /// A title: the table above it ends.
    Title,
    /// A row of the table that it stands in.
    Data,
    /// A row of no concern: a code and the reason.
    Skip(&'static str, String),
}

/// The table that is being read, and every header so far.
struct Open<K> {
    table: Option<(K, Header)>,
    seen: Vec<Header>,
}

impl<'a> Run<'a> {
    /// Reads a table: the first row whose names satisfy `is_header` is its header, wherever it stands. `expected` says what is looked for.
    pub fn table(
        &mut self,
        file: File<'_>,
        encoding: Encoding,
        expected: &str,
        is_header: impl Fn(&Header) -> bool,
        mut read: impl FnMut(Cells<'_>, &mut Out<'a>) -> Result<Outcome, Fault>,
    ) -> Result<(), ParseError> {
        let kind = |header: &Header| is_header(header).then_some(());
        self.table_of(file, encoding, expected, kind, |(), cells, out| read(cells, out))
    }

    /// Like [`table`](Self::table), for readers that note something about the header, such as the positions of their columns.
    pub fn table_of<K: Copy>(
        &mut self,
        file: File<'_>,
        encoding: Encoding,
        expected: &str,
        kind: impl Fn(&Header) -> Option<K>,
        read: impl FnMut(K, Cells<'_>, &mut Out<'a>) -> Result<Outcome, Fault>,
    ) -> Result<(), ParseError> {
        let mut known: Option<Header> = None;
        let classify = |row: &Row| {
            // Another header begins with a name that the first one has, too.
            if known.as_ref().is_some_and(|known| known.index_of_cell(row.at(0)).is_none()) {
                return Line::Data;
            }
            let header = Header::of(row);
            match kind(&header) {
                Some(kind) => {
                    known.get_or_insert(header);
                    Line::Header(kind)
                }
                None => Line::Data,
            }
        };
        self.tables(file, encoding, expected, classify, read)
    }

    /// Reads a file of several tables: `classify` knows headers and titles, and `read` takes the rows below a header.
    pub fn tables<K: Copy>(
        &mut self,
        file: File<'_>,
        encoding: Encoding,
        expected: &str,
        mut classify: impl FnMut(&Row) -> Line<K>,
        mut read: impl FnMut(K, Cells<'_>, &mut Out<'a>) -> Result<Outcome, Fault>,
    ) -> Result<(), ParseError> {
        let mut source = file.rows(encoding)?;
        let point = source.point();
        let mut open = Open { table: None, seen: Vec::new() };
        source.each(&mut |row| {
            self.place(row, point, &mut open, &mut classify, &mut read)?;
            Ok(open.table.as_ref().map_or(0, |(_, header)| header.len()))
        })?;
        if open.seen.is_empty() {
            return Err(ParseError::WrongFormat { format: self.doc.name, expected: expected.to_owned() });
        }
        Ok(())
    }

    /// Finds out where a row belongs, and accounts for it.
    fn place<K: Copy>(
        &mut self,
        row: &Row,
        point: Point,
        open: &mut Open<K>,
        classify: &mut impl FnMut(&Row) -> Line<K>,
        read: &mut impl FnMut(K, Cells<'_>, &mut Out<'a>) -> Result<Outcome, Fault>,
    ) -> Result<(), ParseError> {
        if let Some(fault) = &row.broken {
            return if open.seen.is_empty() {
                self.tally.structure();
                Ok(())
            } else {
                self.row(row.line, |_| Err(fault.clone()))
            };
        }
        if row.is_blank() {
            self.tally.structure();
            return Ok(());
        }
        match classify(row) {
            Line::Header(kind) => {
                let header = Header::of(row);
                let again = open.seen.contains(&header);
                if !again {
                    open.seen.push(header.clone());
                    self.tally.structure();
                }
                open.table = Some((kind, header));
                if again {
                    return self.row(row.line, |_| Outcome::skip("repeated-header", "the header again"));
                }
            }
            Line::Title => {
                open.table = None;
                self.tally.structure();
            }
            Line::Skip(code, reason) => return self.row(row.line, |_| Outcome::skip(code, reason)),
            Line::Data => match &open.table {
                Some((kind, header)) => {
                    return self.row(row.line, |out| {
                        within(row, header)?;
                        read(*kind, Cells::new(header, row, point), out)
                    });
                }
                None if open.seen.is_empty() => self.tally.structure(),
                None => {
                    let reason = "stands in a part of the file that holds no trades";
                    return self.row(row.line, |_| Outcome::skip("other-section", reason));
                }
            },
        }
        Ok(())
    }
}

/// A row with more cells than the header has names was split wrongly.
fn within(row: &Row, header: &Header) -> Result<(), Fault> {
    if (header.len()..row.len()).all(|index| row.at(index).is_empty()) {
        return Ok(());
    }
    let message = format!(
        "the row has {} cells and the header {}: a cell that holds the separator must stand in quotes",
        row.len(),
        header.len()
    );
    Err(Fault::new("row", "extra-cells", message))
}
