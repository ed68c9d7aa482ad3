//! What an import would do, as JSON.

use super::{Diagnostic, EventCounts, FillCounts, Import, Reconciliation, Rows, TradeCounts, Zone};
use journal_proto::trades::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

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
