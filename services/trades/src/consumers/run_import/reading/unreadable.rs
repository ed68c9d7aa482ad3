//! Why nothing of a file is in the journal.

use super::ReadFile;
use crate::domain::import::{Diagnostics, Rows};
use formats::Format;
use ledger::LedgerError;

/// Why nothing of a file is in the journal, and what is known of it all the same.
#[derive(Debug, Default)]
pub(in crate::consumers) struct Unreadable {
    /// What is wrong and what to do, in one sentence.
    pub(in crate::consumers) sentence: String,
    /// The format, when it was recognised.
    pub(in crate::consumers) format: Option<Format>,
    /// The rows, when all were read.
    pub(in crate::consumers) rows: Rows,
    /// What there is to say about single rows.
    pub(in crate::consumers) diagnostics: Diagnostics,
}

impl Unreadable {
    pub(super) fn new(problem: &str, format: Option<Format>, diagnostics: Diagnostics) -> Self {
        Self { sentence: sentence(problem), format, diagnostics, rows: Rows::default() }
    }

    /// The stored bytes are not there any more.
    pub(in crate::consumers) fn file_is_gone() -> Self {
        Self { sentence: sentence("the uploaded file is gone: upload it again"), ..Self::default() }
    }

    /// The fault is ours, and several attempts did not help.
    pub(in crate::consumers) fn ours() -> Self {
        let problem = "the import failed on our side, not because of the file: upload it again later";
        Self { sentence: sentence(problem), ..Self::default() }
    }

    /// A trade is beyond exact numbers.
    pub(in crate::consumers) fn by_the_ledger(error: &LedgerError, file: ReadFile) -> Self {
        let LedgerError { execution_id, fault } = error;
        let problem = format!(
            "a trade cannot be computed: at execution {execution_id}, {fault}: correct that row of the file"
        );
        let rows = Rows::from(file.report.rows);
        Self { rows, ..Self::new(&problem, Some(file.report.format), file.diagnostics) }
    }
}

/// With a capital letter and a full stop, and without characters that cannot be stored.
fn sentence(problem: &str) -> String {
    let problem = problem.replace('\0', "\u{fffd}");
    let mut letters = problem.trim_end_matches('.').chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_becomes_a_sentence() {
        assert_eq!(sentence("the file is empty: export it again"), "The file is empty: export it again.");
        assert_eq!(sentence("\0."), "\u{fffd}.");
    }
}
