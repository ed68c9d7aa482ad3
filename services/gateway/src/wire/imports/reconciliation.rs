//! The file's own figures beside ours, as JSON.

use crate::wire::some;
use journal_proto::trades::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

/// The file's own figures beside ours.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reconciliation {
    pub lines: Vec<ReconciliationLine>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ReconciliationLine {
    /// What is compared, e.g. `commissions`.
    pub item: String,
    /// The currency or symbol it is of.
    pub subject: String,
    pub file: String,
    pub journal: String,
    pub difference: String,
    pub agrees: bool,
    pub note: Option<String>,
}

impl From<proto::ReconciliationLine> for ReconciliationLine {
    fn from(line: proto::ReconciliationLine) -> Self {
        Self {
            item: line.item,
            subject: line.subject,
            file: line.file,
            journal: line.journal,
            difference: line.difference,
            agrees: line.agrees,
            note: some(line.note),
        }
    }
}
