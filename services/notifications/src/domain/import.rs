//! An import that ended, as the live stream and the notices tell it.

use super::subject;
use anyhow::anyhow;
use events::Failure;
use identity::UserId;
use journal_proto::trades::v1::{self as proto, ImportStatus};
use serde::Serialize;
use uuid::Uuid;

/// An import that a worker is done with. Serialised, it is the data of `import.finished`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FinishedImport {
    #[serde(skip)]
    pub user_id: UserId,
    pub id: Uuid,
    pub account_id: Uuid,
    pub account_name: String,
    pub status: Status,
    pub file_name: String,
    pub format: String,
    pub rows: Rows,
    pub fills: Fills,
    pub trades: Trades,
    /// Figures of the file that are not the journal's.
    #[serde(skip)]
    pub differences: u64,
    /// Why it failed, in one sentence.
    pub failure: Option<String>,
}

/// The state of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    Queued,
    Running,
    Completed,
    Failed,
    Undone,
}

/// Data rows of the file, by what became of them.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Rows {
    pub total: u64,
    pub read: u64,
    pub skipped: u64,
    pub rejected: u64,
}

/// Fills of the file, by what the journal knew of them.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Fills {
    pub new: u64,
    pub known: u64,
    pub changed: u64,
}

/// Trades that look different now.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Trades {
    pub opened: u64,
    pub closed: u64,
    pub changed: u64,
}

impl FinishedImport {
    /// Reads the event.
    pub fn parse(event: proto::ImportFinished) -> Result<Self, Failure> {
        let import = event.import.ok_or_else(|| Failure::Reject(anyhow!("it names no import")))?;
        let status = Status::parse(import.status())?;
        let lines = import.reconciliation.map(|reconciliation| reconciliation.lines).unwrap_or_default();
        Ok(Self {
            differences: number(lines.iter().filter(|line| !line.agrees).count()),
            user_id: subject::user(&event.user_id)?,
            id: subject::id("import.id", &import.id)?,
            account_id: subject::id("import.account_id", &import.account_id)?,
            account_name: event.account_name,
            status,
            file_name: import.file_name,
            format: import.format,
            rows: import.rows.map(Rows::from).unwrap_or_default(),
            fills: import.fills.map(Fills::from).unwrap_or_default(),
            trades: import.trades.map(Trades::from).unwrap_or_default(),
            failure: Some(import.failure).filter(|failure| !failure.is_empty()),
        })
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

impl Status {
    fn parse(status: ImportStatus) -> Result<Self, Failure> {
        match status {
            ImportStatus::Queued => Ok(Self::Queued),
            ImportStatus::Running => Ok(Self::Running),
            ImportStatus::Completed => Ok(Self::Completed),
            ImportStatus::Failed => Ok(Self::Failed),
            ImportStatus::Undone => Ok(Self::Undone),
            ImportStatus::Unspecified => Err(Failure::Reject(anyhow!("the import has no known status"))),
        }
    }
}

impl From<proto::ImportRows> for Rows {
    fn from(rows: proto::ImportRows) -> Self {
        Self { total: rows.total, read: rows.read, skipped: rows.skipped, rejected: rows.rejected }
    }
}

impl From<proto::ImportFills> for Fills {
    fn from(fills: proto::ImportFills) -> Self {
        Self { new: fills.new, known: fills.known, changed: fills.changed }
    }
}

impl From<proto::ImportTrades> for Trades {
    fn from(trades: proto::ImportTrades) -> Self {
        Self { opened: trades.opened, closed: trades.closed, changed: trades.changed }
    }
}
