//! Where rows come from: delimited text, tables of a web page, sheets of a workbook. Readers do not see which.

mod delimited;
mod page;
mod sniff;
mod workbook;

use crate::{ParseError, numbers::Point, row::Row};

pub(crate) use delimited::Delimited;
pub(crate) use page::Page;
pub(crate) use workbook::Workbook;

/// How bytes that are no UTF-8 are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// The file is refused.
    #[default]
    Utf8,
    /// As windows-1252: programs on Windows write `€` and `é` like that.
    OrWindows1252,
}

/// Takes a row, and says how many columns the table that it stands in has; 0 when that is not known.
pub(crate) type Each<'f> = dyn FnMut(&Row) -> Result<usize, ParseError> + 'f;

/// Gives rows one after the other.
pub(crate) trait Source {
    /// Hands every row to `each`, in the file's order, until it fails.
    fn each(&mut self, each: &mut Each<'_>) -> Result<(), ParseError>;

    /// How this file separates decimals, by what its first rows look like.
    fn point(&self) -> Point;
}
