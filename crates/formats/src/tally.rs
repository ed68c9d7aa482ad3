//! Accounts for every row: none is dropped without a word.

use crate::{Diagnostic, ParseError, Rows, Severity, Sink};

/// Why a row cannot be read: the column, a stable code, and what was found and expected.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// As the file's header names it.
    pub column: &'static str,
    /// Stable and machine-readable.
    pub code: &'static str,
    /// What was found and what was expected.
    pub message: String,
}

impl Fault {
    pub fn new(column: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self { column, code, message: message.into() }
    }
}

/// What became of a row that was understood.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Its content was handed out.
    Read,
    /// It is of no concern here: a code and the reason.
    Skipped(&'static str, String),
    /// It waits for another row. The reader keeps it, and accounts for it later.
    Waits,
}

impl Outcome {
    /// Skipped, and why.
    #[expect(clippy::unnecessary_wraps, reason = "it is what the reader of a row returns")]
    pub fn skip(code: &'static str, reason: impl Into<String>) -> Result<Self, Fault> {
        Ok(Self::Skipped(code, reason.into()))
    }
}

/// Counts rows and says what there is to say about them.
pub(crate) struct Tally<'a> {
    rows: Rows,
    most: u64,
    pub sink: &'a mut dyn Sink,
}

impl<'a> Tally<'a> {
    pub fn new(sink: &'a mut dyn Sink, most: u64) -> Self {
        Self { rows: Rows::default(), most, sink }
    }

    /// The only way a data row is counted: exactly one of read, skipped and rejected.
    pub fn settle(&mut self, line: u64, outcome: Result<Outcome, Fault>) -> Result<(), ParseError> {
        if matches!(outcome, Ok(Outcome::Waits)) {
            return Ok(());
        }
        self.rows.total += 1;
        if self.rows.total > self.most {
            return Err(ParseError::TooManyRows(self.most));
        }
        match outcome {
            Ok(Outcome::Read | Outcome::Waits) => self.rows.read += 1,
            Ok(Outcome::Skipped(code, reason)) => {
                self.rows.skipped += 1;
                self.say(line, None, Severity::Info, code, reason);
            }
            Err(fault) => {
                self.rows.rejected += 1;
                self.say(line, Some(fault.column), Severity::Error, fault.code, fault.message);
            }
        }
        Ok(())
    }

    /// A row that holds no data: a blank line, a title, text above the header, the header.
    pub fn structure(&mut self) {
        self.rows.structure += 1;
    }

    /// A remark that leaves the count alone.
    pub fn remark(&mut self, line: u64, severity: Severity, code: &'static str, message: impl Into<String>) {
        self.say(line, None, severity, code, message.into());
    }

    /// The counts so far.
    pub const fn rows(&self) -> Rows {
        self.rows
    }

    fn say(
        &mut self,
        line: u64,
        column: Option<&str>,
        severity: Severity,
        code: &'static str,
        message: String,
    ) {
        let column = column.map(str::to_owned);
        self.sink.diagnostic(Diagnostic { line, column, severity, code, message });
    }
}

/// A cell shortened for a message.
pub(crate) fn quoted(cell: &str) -> String {
    let mut short: String = cell.chars().take(40).collect();
    if short.len() < cell.len() {
        short.push('…');
    }
    format!("{short:?}")
}
