//! How an import stands in its table.

use crate::db::unreadable::unreadable;
use crate::domain::{
    ids::{AccountId, ImportId},
    import::{
        Diagnostic, Diagnostics, EventCounts, FillCounts, Findings, Import, ImportStatus, Rows, TradeCounts,
    },
    reconciliation::Comparison,
};
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    account_id: Uuid,
    status: String,
    format: String,
    file_name: String,
    file_bytes: i64,
    progress: i32,
    rows_total: i64,
    rows_read: i64,
    rows_skipped: i64,
    rows_rejected: i64,
    fills_new: i64,
    fills_known: i64,
    fills_changed: i64,
    trades_opened: i64,
    trades_closed: i64,
    trades_changed: i64,
    confidence: f64,
    time_sources: Vec<String>,
    events_new: i64,
    events_known: i64,
    diagnostics: Json<Vec<Diagnostic>>,
    diagnostics_total: i64,
    reconciliation: Json<Vec<Comparison>>,
    failure: String,
    same_file_known: bool,
    created_at: OffsetDateTime,
    finished_at: Option<OffsetDateTime>,
}

impl TryFrom<Row> for Import {
    type Error = sqlx::Error;

    fn try_from(mut row: Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: ImportId(row.id),
            account_id: AccountId(row.account_id),
            status: ImportStatus::of_name(&row.status).ok_or_else(|| unreadable("status", &row.status))?,
            file_bytes: number(row.file_bytes),
            progress: u32::try_from(row.progress).unwrap_or_default(),
            findings: row.findings(),
            format: row.format,
            file_name: row.file_name,
            failure: row.failure,
            same_file_known: row.same_file_known,
            created_at: row.created_at,
            finished_at: row.finished_at,
        })
    }
}

impl Row {
    fn findings(&mut self) -> Findings {
        Findings {
            rows: Rows {
                total: number(self.rows_total),
                read: number(self.rows_read),
                skipped: number(self.rows_skipped),
                rejected: number(self.rows_rejected),
            },
            fills: FillCounts {
                new: number(self.fills_new),
                known: number(self.fills_known),
                changed: number(self.fills_changed),
            },
            events: EventCounts { new: number(self.events_new), known: number(self.events_known) },
            confidence: self.confidence,
            time_sources: std::mem::take(&mut self.time_sources),
            trades: TradeCounts {
                opened: number(self.trades_opened),
                closed: number(self.trades_closed),
                changed: number(self.trades_changed),
            },
            diagnostics: Diagnostics {
                first: std::mem::take(&mut self.diagnostics.0),
                total: number(self.diagnostics_total),
            },
            reconciliation: std::mem::take(&mut self.reconciliation.0),
        }
    }
}

/// A count as it is read: the table holds none below 0.
fn number(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}

/// A count as it is stored.
pub(super) fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
