//! Imports as JSON.

mod findings;
mod format;
mod preview;
mod reconciliation;
mod upload;

pub(crate) use findings::{Diagnostic, EventCounts, FillCounts, Rows, TradeCounts, Zone};
pub(crate) use format::Format;
pub(crate) use preview::Preview;
pub(crate) use reconciliation::{Reconciliation, ReconciliationLine};
pub(crate) use upload::Upload;

use super::{Time, required_time, some, time};
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Queued,
    Running,
    Completed,
    Failed,
    Undone,
}

impl Status {
    /// As JSON and the service write it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Undone => "undone",
        }
    }
}

impl From<proto::ImportStatus> for Status {
    fn from(status: proto::ImportStatus) -> Self {
        match status {
            proto::ImportStatus::Unspecified | proto::ImportStatus::Queued => Self::Queued,
            proto::ImportStatus::Running => Self::Running,
            proto::ImportStatus::Completed => Self::Completed,
            proto::ImportStatus::Failed => Self::Failed,
            proto::ImportStatus::Undone => Self::Undone,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Import {
    pub id: String,
    pub account_id: String,
    pub status: Status,
    /// The format's id; null until it is recognised.
    pub format: Option<String>,
    pub file_name: String,
    pub file_bytes: u64,
    /// 0..100.
    pub progress: u32,
    pub rows: Rows,
    pub fills: FillCounts,
    pub trades: TradeCounts,
    /// At most the first 1,000.
    pub diagnostics: Vec<Diagnostic>,
    pub diagnostics_total: u32,
    pub reconciliation: Reconciliation,
    /// Why it failed and what to do.
    pub failure: Option<String>,
    /// True when the very same bytes were imported into this account before.
    pub same_file_known: bool,
    pub created_at: Time,
    pub finished_at: Option<Time>,
    /// How sure the recognition of the format was, 0..1; 1 when it was asked for.
    pub confidence: f64,
    /// What gave the file's times their zone: all that occurred.
    pub zones: Vec<Zone>,
    /// Cash, splits, expiries, exercises and busts.
    pub events: EventCounts,
}

impl From<proto::Import> for Import {
    fn from(import: proto::Import) -> Self {
        let status = import.status().into();
        let rows = import.rows.unwrap_or_default();
        let fills = import.fills.unwrap_or_default();
        let trades = import.trades.unwrap_or_default();
        let events = import.events.unwrap_or_default();
        let lines = import.reconciliation.unwrap_or_default().lines;
        Self {
            id: import.id,
            account_id: import.account_id,
            status,
            format: some(import.format),
            file_name: import.file_name,
            file_bytes: import.file_bytes,
            progress: import.progress,
            rows: Rows { total: rows.total, read: rows.read, skipped: rows.skipped, rejected: rows.rejected },
            fills: FillCounts { new: fills.new, known: fills.known, changed: fills.changed },
            trades: TradeCounts { opened: trades.opened, closed: trades.closed, changed: trades.changed },
            diagnostics: import.diagnostics.into_iter().map(Diagnostic::from).collect(),
            diagnostics_total: import.diagnostics_total,
            reconciliation: Reconciliation {
                lines: lines.into_iter().map(ReconciliationLine::from).collect(),
            },
            failure: some(import.failure),
            same_file_known: import.same_file_known,
            created_at: required_time(import.created_at),
            finished_at: time(import.finished_at),
            confidence: import.confidence,
            zones: import.zones.into_iter().map(Zone::from).collect(),
            events: EventCounts { new: events.new, known: events.known },
        }
    }
}

/// What an undo took back.
#[derive(Serialize, ToSchema)]
pub(crate) struct Undone {
    pub fills_removed: u64,
    /// Fills that another import brought as well: they stay.
    pub fills_kept: u64,
    pub trades_removed: u64,
    pub trades_changed: u64,
}

impl From<proto::UndoImportResponse> for Undone {
    fn from(undone: proto::UndoImportResponse) -> Self {
        Self {
            fills_removed: undone.fills_removed,
            fills_kept: undone.fills_kept,
            trades_removed: undone.trades_removed,
            trades_changed: undone.trades_changed,
        }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportFilter {
    pub account_id: Option<String>,
    /// 1..200, 50 when absent.
    pub limit: Option<u32>,
    /// The previous page's `next_cursor`.
    pub cursor: Option<String>,
}
