//! Issues in sentences.

use ledger::Statement;

/// Every issue of a statement as a sentence that begins with the id of the record.
pub fn remarks(statement: &Statement) -> impl Iterator<Item = String> {
    statement.issues.iter().map(|issue| format!("{} {}", issue.execution_id, issue.kind.sentence()))
}
