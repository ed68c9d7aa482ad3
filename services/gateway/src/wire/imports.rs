//! Imports, their diagnostics and their reconciliation as JSON.

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

#[derive(Serialize, ToSchema)]
pub(crate) struct Zone {
    /// `row-offset`, `header-name`, `utc`, `user-setting` or `broker-default`. A default is a guess: import again with
    /// `time_zone` when it is wrong.
    pub source: String,
    /// An IANA name, or what the header says; null where each row has its own.
    pub time_zone: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct EventCounts {
    pub new: u64,
    pub known: u64,
}

/// What an import would do. Nothing of it is stored.
#[derive(Serialize, ToSchema)]
pub(crate) struct Preview {
    /// In words: `12 new, 340 known, 1 changed`; when the file cannot be read, why.
    pub summary: String,
    /// The format's id; null when it is not recognised.
    pub format: Option<String>,
    /// How sure the recognition was, 0..1.
    pub confidence: f64,
    /// What gave the file's times their zone.
    pub zones: Vec<Zone>,
    pub rows: Rows,
    pub fills: FillCounts,
    pub events: EventCounts,
    pub trades: TradeCounts,
    /// At most the first 1,000.
    pub diagnostics: Vec<Diagnostic>,
    pub diagnostics_total: u32,
    pub reconciliation: Reconciliation,
    /// Why it would fail and what to do.
    pub failure: Option<String>,
    /// True when the very same bytes were imported into this account before.
    pub same_file_known: bool,
}

impl From<proto::Import> for Preview {
    fn from(import: proto::Import) -> Self {
        let import = Import::from(import);
        let FillCounts { new, known, changed } = import.fills;
        let summary = import.failure.clone();
        Self {
            summary: summary.unwrap_or_else(|| format!("{new} new, {known} known, {changed} changed")),
            format: import.format,
            confidence: import.confidence,
            zones: import.zones,
            rows: import.rows,
            fills: import.fills,
            events: import.events,
            trades: import.trades,
            diagnostics: import.diagnostics,
            diagnostics_total: import.diagnostics_total,
            reconciliation: import.reconciliation,
            failure: import.failure,
            same_file_known: import.same_file_known,
        }
    }
}

impl From<proto::ImportZone> for Zone {
    fn from(zone: proto::ImportZone) -> Self {
        Self { source: zone.source, time_zone: some(zone.time_zone) }
    }
}

/// Every data row of the file is in exactly one of the last three.
#[derive(Serialize, ToSchema)]
pub(crate) struct Rows {
    pub total: u64,
    pub read: u64,
    pub skipped: u64,
    pub rejected: u64,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct FillCounts {
    pub new: u64,
    pub known: u64,
    /// Known by id, but with other content: kept as stored and named in the diagnostics.
    pub changed: u64,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TradeCounts {
    pub opened: u64,
    pub closed: u64,
    pub changed: u64,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Diagnostic {
    pub line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// `info`, `warning` or `error`.
    pub severity: String,
    pub code: String,
    pub message: String,
}

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

impl From<proto::Diagnostic> for Diagnostic {
    fn from(diagnostic: proto::Diagnostic) -> Self {
        Self {
            line: diagnostic.line,
            column: some(diagnostic.column),
            severity: diagnostic.severity,
            code: diagnostic.code,
            message: diagnostic.message,
        }
    }
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

#[derive(Serialize, ToSchema)]
pub(crate) struct Format {
    /// What `format` of an upload takes.
    pub id: String,
    pub name: String,
    /// How to get such a file.
    pub description: String,
    /// What one row is: `fill`, `order`, `closing deal`, `round trip` or `cash`.
    pub row: String,
    /// What the file carries.
    pub carries: String,
    /// How its times are read, and in which zone when none is given.
    pub times: String,
    /// What it says about fees.
    pub fees: String,
    /// What identifies an execution.
    pub identity: String,
    /// What cannot be known from such a file.
    pub limits: String,
}

impl From<proto::FormatDescription> for Format {
    fn from(format: proto::FormatDescription) -> Self {
        Self {
            id: format.id,
            name: format.name,
            description: format.description,
            row: format.row,
            carries: format.carries,
            times: format.times,
            fees: format.fees,
            identity: format.identity,
            limits: format.limits,
        }
    }
}

/// The form of an upload, for the documentation; it is read as a stream.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a multipart form that is read field by field")]
pub(crate) struct Upload {
    /// The account the file belongs to. Send it before the file: then nothing is buffered.
    pub account_id: String,
    /// The broker's file, at most 10 MiB.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    pub file: String,
    /// A format's id; recognised from the content when absent.
    pub format: Option<String>,
    /// IANA zone of times that carry none; the format's default when absent.
    pub time_zone: Option<String>,
    /// Which account of a file that holds several.
    pub source_account: Option<String>,
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
