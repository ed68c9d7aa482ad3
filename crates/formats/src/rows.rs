//! Accounts for every row: none is dropped without a word.

use crate::{Diagnostic, MAX_ROWS, ParseError, ParsedFill, Rows, Severity, Sink};

/// Why a row cannot be read: the column, a stable code, and what was found and expected.
#[derive(Debug)]
pub(crate) struct Fault {
    pub column: &'static str,
    pub code: &'static str,
    pub message: String,
}

impl Fault {
    pub fn new(column: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self { column, code, message: message.into() }
    }
}

/// Counts rows and passes on what is found.
pub(crate) struct Tally<'a> {
    rows: Rows,
    sink: &'a mut dyn Sink,
}

impl<'a> Tally<'a> {
    pub fn new(sink: &'a mut dyn Sink) -> Self {
        Self { rows: Rows::default(), sink }
    }

    /// A data row begins.
    pub fn begin(&mut self) -> Result<(), ParseError> {
        self.rows.total += 1;
        if self.rows.total > MAX_ROWS { Err(ParseError::TooManyRows) } else { Ok(()) }
    }

    /// The row was understood.
    pub fn read(&mut self) {
        self.rows.read += 1;
    }

    /// The row is no execution to be read.
    pub fn skip(&mut self, line: u64, code: &'static str, message: impl Into<String>) {
        self.rows.skipped += 1;
        self.say(line, None, Severity::Info, code, message.into());
    }

    /// The row should be an execution and is not readable.
    pub fn reject(&mut self, line: u64, fault: Fault) {
        self.rows.rejected += 1;
        self.say(line, Some(fault.column), Severity::Error, fault.code, fault.message);
    }

    /// A remark that leaves the count alone.
    pub fn remark(&mut self, line: u64, severity: Severity, code: &'static str, message: impl Into<String>) {
        self.say(line, None, severity, code, message.into());
    }

    /// Hands an execution out.
    pub fn fill(&mut self, fill: ParsedFill) -> Result<(), ParseError> {
        Ok(self.sink.fill(fill)?)
    }

    /// The counts at the end.
    pub fn rows(&self) -> Rows {
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
