//! What an import found in its file, and what that did to the journal, as JSON.

use crate::wire::some;
use journal_proto::trades::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Zone {
    /// `row-offset`, `header-name`, `utc`, `user-setting` or `broker-default`. A default is a guess: import again with
    /// `time_zone` when it is wrong.
    pub source: String,
    /// An IANA name, or what the header says; null where each row has its own.
    pub time_zone: Option<String>,
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
pub(crate) struct EventCounts {
    pub new: u64,
    pub known: u64,
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
