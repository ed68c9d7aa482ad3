//! Imports: an uploaded file, and what became of it.

use super::{
    ids::{AccountId, ImportId},
    reconciliation::Comparison,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// How many diagnostics are kept of one import; all of them are counted.
const MOST_DIAGNOSTICS: usize = 1_000;

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStatus {
    /// Its file is stored and waits for a worker.
    Queued,
    /// A worker reads it.
    Running,
    /// What it brought is in the journal.
    Completed,
    /// Nothing of it is in the journal.
    Failed,
    /// What it brought was taken back.
    Undone,
}

impl ImportStatus {
    const ALL: [Self; 5] = [Self::Queued, Self::Running, Self::Completed, Self::Failed, Self::Undone];

    /// Its name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Undone => "undone",
        }
    }

    /// The status of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// An import.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// The account that it goes into.
    pub account_id: AccountId,
    /// How far it is.
    pub status: ImportStatus,
    /// The id of the format that it was read as, or that was asked for; empty while unknown.
    pub format: String,
    /// As the client named it.
    pub file_name: String,
    /// The file's size.
    pub file_bytes: u64,
    /// 0 to 100.
    pub progress: u32,
    /// What was found.
    pub findings: Findings,
    /// Why it failed and what to do; empty unless failed.
    pub failure: String,
    /// A completed import of the very same bytes was in the account before.
    pub same_file_known: bool,
    /// When it was uploaded.
    pub created_at: OffsetDateTime,
    /// When it completed or failed.
    pub finished_at: Option<OffsetDateTime>,
}

/// What an import found in its file, and what that did to the journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// The file's rows.
    pub rows: Rows,
    /// The fills in them.
    pub fills: FillCounts,
    /// What stands beside them.
    pub events: EventCounts,
    /// How sure the recognition of the format was, 0 to 1; 1 when it was asked for.
    pub confidence: f64,
    /// What gave the file's times their zone, e.g. `broker-default:America/New_York`.
    pub time_sources: Vec<String>,
    /// The trades touched.
    pub trades: TradeCounts,
    /// What there is to say about single rows.
    pub diagnostics: Diagnostics,
    /// The file's own figures beside ours.
    pub reconciliation: Vec<Comparison>,
}

/// Every data row of a file is in exactly one of the last three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// All of them.
    pub total: u64,
    /// Understood.
    pub read: u64,
    /// Of no concern here, such as totals.
    pub skipped: u64,
    /// Not understood.
    pub rejected: u64,
}

impl From<formats::Rows> for Rows {
    fn from(rows: formats::Rows) -> Self {
        Self { total: rows.total, read: rows.read, skipped: rows.skipped, rejected: rows.rejected }
    }
}

/// The fills of a file, by what the journal knew of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FillCounts {
    /// Unknown before.
    pub new: u64,
    /// Known with the same content.
    pub known: u64,
    /// Known with other content: kept as stored.
    pub changed: u64,
}

/// Cash, splits, expiries, exercises and busts of a file, by what the journal knew of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventCounts {
    /// Unknown before.
    pub new: u64,
    /// Known.
    pub known: u64,
}

/// The trades that an import touched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TradeCounts {
    /// Not there before.
    pub opened: u64,
    /// Of the opened and the changed ones, those that are closed now.
    pub closed: u64,
    /// There before, and different now.
    pub changed: u64,
}

/// Something to say about one row of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The line of the file, from 1; 0: the file as a whole.
    pub line: u64,
    /// The column, when it is about one.
    pub column: String,
    /// `info`, `warning` or `error`.
    pub severity: String,
    /// Machine-readable.
    pub code: String,
    /// For people.
    pub message: String,
}

impl From<formats::Diagnostic> for Diagnostic {
    fn from(diagnostic: formats::Diagnostic) -> Self {
        Self {
            line: diagnostic.line,
            column: diagnostic.column.unwrap_or_default(),
            severity: diagnostic.severity.as_text().to_owned(),
            code: diagnostic.code.to_owned(),
            message: diagnostic.message,
        }
    }
}

/// The first 1,000 diagnostics of a file, and how many there were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    /// The first of them.
    pub first: Vec<Diagnostic>,
    /// All of them.
    pub total: u64,
}

impl Diagnostics {
    /// Counts a diagnostic, and keeps it when it is among the first.
    pub fn add(&mut self, mut diagnostic: Diagnostic) {
        self.total += 1;
        if self.first.len() < MOST_DIAGNOSTICS {
            for text in [&mut diagnostic.column, &mut diagnostic.message] {
                // PostgreSQL's text and jsonb hold every character but this one.
                if text.contains('\0') {
                    *text = text.replace('\0', "\u{fffd}");
                }
            }
            self.first.push(diagnostic);
        }
    }
}

impl Diagnostics {
    /// Adds those of `others`, and puts what is kept in the order of the file.
    pub fn merge(&mut self, others: Self) {
        self.total += others.total;
        let room = MOST_DIAGNOSTICS.saturating_sub(self.first.len());
        self.first.extend(others.first.into_iter().take(room));
        self.first.sort_by_key(|diagnostic| diagnostic.line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostic(line: u64, message: &str) -> Diagnostic {
        let [column, severity, code] = ["price", "error", "number"].map(str::to_owned);
        Diagnostic { line, column, severity, code, message: message.to_owned() }
    }

    #[test]
    fn all_diagnostics_are_counted_and_the_first_thousand_kept() {
        let mut diagnostics = Diagnostics::default();

        (1..=1_500).for_each(|line| diagnostics.add(diagnostic(line, "not a number")));

        assert_eq!((diagnostics.total, diagnostics.first.len()), (1_500, 1_000));
        assert_eq!(diagnostics.first.last().map(|last| last.line), Some(1_000));
    }

    #[test]
    fn a_nul_character_of_the_file_does_not_reach_the_database() {
        let mut diagnostics = Diagnostics::default();

        diagnostics.add(diagnostic(1, "\"4\0\" is not a number"));

        assert_eq!(diagnostics.first[0].message, "\"4\u{fffd}\" is not a number");
    }

    #[test]
    fn merged_diagnostics_stand_in_the_order_of_the_file() {
        let (mut rows, mut conflicts) = (Diagnostics::default(), Diagnostics::default());
        (2..=1_001).for_each(|line| rows.add(diagnostic(line, "row")));
        conflicts.add(diagnostic(1, "conflict"));

        let mut all = Diagnostics::default();
        all.merge(conflicts);
        all.merge(rows);

        assert_eq!((all.total, all.first.len(), all.first[0].message.as_str()), (1_001, 1_000, "conflict"));
    }

    #[test]
    fn every_status_is_found_by_its_name() {
        for status in ImportStatus::ALL {
            assert_eq!(ImportStatus::of_name(status.name()), Some(status));
        }
    }
}
