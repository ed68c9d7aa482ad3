//! Why a whole file cannot be read. Each message says what to do.

use crate::SinkError;

/// Why a whole file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    /// Nothing in it.
    #[error("the file is empty: export it again")]
    Empty,
    /// Not text in an encoding we read.
    #[error(
        "the file is not UTF-8 (or UTF-16) text near byte {offset}: export it again as CSV or XML in UTF-8"
    )]
    NotText {
        /// Offset of the first byte that is not text.
        offset: u64,
    },
    /// The columns or elements of this format are not there.
    #[error("this is not a {format} file: {expected}")]
    WrongFormat {
        /// The format's name.
        format: &'static str,
        /// What was looked for in vain.
        expected: String,
    },
    /// It ends in the middle.
    #[error("the file is cut off at line {line}: download it again, it should end with {expected}")]
    Truncated {
        /// The last line.
        line: u64,
        /// What the end of a whole file looks like.
        expected: &'static str,
    },
    /// Something that has no place in a broker's file.
    #[error("line {line}: {what} is not allowed in an imported file")]
    Forbidden {
        /// The line.
        line: u64,
        /// What it is.
        what: &'static str,
    },
    /// Not well-formed.
    #[error("line {line}: {problem}")]
    Malformed {
        /// The line.
        line: u64,
        /// What is wrong.
        problem: String,
    },
    /// Executions of several accounts must not be netted.
    #[error("the file holds several accounts ({}): import it once for each, naming it as source_account", .0.join(", "))]
    SeveralAccounts(
        /// All of them.
        Vec<String>,
    ),
    /// The zone in the options is not one.
    #[error("{0:?} is not an IANA time zone such as America/New_York")]
    UnknownTimeZone(String),
    /// Too long for one import.
    #[error("the file has more than {0} rows: export a shorter period")]
    TooManyRows(
        /// The most that are read.
        u64,
    ),
    /// A compressed file that would fill memory or disk.
    #[error("the spreadsheet is refused: {0}")]
    Bomb(
        /// Which bound it breaks.
        String,
    ),
    /// Reading stopped because nobody takes the fills.
    #[error(transparent)]
    Stopped(#[from] SinkError),
    /// The bytes could not be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] std::io::Error),
}
