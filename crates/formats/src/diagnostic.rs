//! What a reader has to say about a line.

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Look at it.
    Warning,
    /// The row is not in the journal.
    Error,
}

impl Severity {
    /// `info`, `warning` or `error`.
    pub const fn as_text(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One remark on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file's line, from 1.
    pub line: u64,
    /// The column or attribute, where one is at fault.
    pub column: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// Stable and machine-readable, e.g. `bad-number`.
    pub code: &'static str,
    /// What was found and what was expected.
    pub message: String,
}
