//! Imports.

use super::timestamp;
use crate::domain::{
    import::{Diagnostic, Findings, Import, ImportStatus, Rows},
    reconciliation::Comparison,
};
use journal_proto::trades::v1 as proto;

/// An import as callers see it.
pub fn import(import: Import) -> proto::Import {
    let Findings { rows, fills, events, confidence, time_sources, trades, diagnostics, reconciliation } =
        import.findings;
    proto::Import {
        id: import.id.to_string(),
        account_id: import.account_id.to_string(),
        status: status(import.status).into(),
        format: import.format,
        file_name: import.file_name,
        file_bytes: import.file_bytes,
        progress: import.progress,
        rows: Some(self::rows(rows)),
        fills: Some(proto::ImportFills { new: fills.new, known: fills.known, changed: fills.changed }),
        trades: Some(proto::ImportTrades {
            opened: trades.opened,
            closed: trades.closed,
            changed: trades.changed,
        }),
        diagnostics: diagnostics.first.into_iter().map(diagnostic).collect(),
        diagnostics_total: u32::try_from(diagnostics.total).unwrap_or(u32::MAX),
        reconciliation: Some(proto::Reconciliation {
            lines: reconciliation.into_iter().map(comparison).collect(),
        }),
        failure: import.failure,
        same_file_known: import.same_file_known,
        created_at: Some(timestamp(import.created_at)),
        finished_at: import.finished_at.map(timestamp),
        confidence,
        zones: time_sources.iter().map(|source| zone(source)).collect(),
        events: Some(proto::ImportEvents { new: events.new, known: events.known }),
    }
}

/// `broker-default:America/New_York` in its two parts.
fn zone(source: &str) -> proto::ImportZone {
    let (source, time_zone) = source.split_once(':').unwrap_or((source, ""));
    proto::ImportZone { source: source.to_owned(), time_zone: time_zone.to_owned() }
}

const fn status(status: ImportStatus) -> proto::ImportStatus {
    match status {
        ImportStatus::Queued => proto::ImportStatus::Queued,
        ImportStatus::Running => proto::ImportStatus::Running,
        ImportStatus::Completed => proto::ImportStatus::Completed,
        ImportStatus::Failed => proto::ImportStatus::Failed,
        ImportStatus::Undone => proto::ImportStatus::Undone,
    }
}

/// Where the rows of a file went.
pub const fn rows(rows: Rows) -> proto::ImportRows {
    let Rows { total, read, skipped, rejected } = rows;
    proto::ImportRows { total, read, skipped, rejected }
}

/// Something to say about one row of a file.
pub fn diagnostic(diagnostic: Diagnostic) -> proto::Diagnostic {
    proto::Diagnostic {
        line: diagnostic.line,
        column: diagnostic.column,
        severity: diagnostic.severity,
        code: diagnostic.code,
        message: diagnostic.message,
    }
}

fn comparison(comparison: Comparison) -> proto::ReconciliationLine {
    proto::ReconciliationLine {
        item: comparison.item,
        subject: comparison.subject,
        file: comparison.file,
        journal: comparison.journal,
        difference: comparison.difference,
        agrees: comparison.agrees,
        note: comparison.note,
    }
}
