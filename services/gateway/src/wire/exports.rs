//! Exports as JSON.

use super::{Time, required_time, time};
use journal_proto::trades::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

/// An export of everything that is yours.
#[derive(Serialize, ToSchema)]
pub(crate) struct Export {
    pub id: String,
    /// `running`, `completed` or `failed`.
    pub status: String,
    /// Size of the file; null before there is one.
    pub bytes: Option<u64>,
    pub created_at: Time,
    pub finished_at: Option<Time>,
    /// When it is deleted.
    pub expires_at: Time,
}

impl From<proto::Export> for Export {
    fn from(export: proto::Export) -> Self {
        Self {
            id: export.id,
            status: export.status,
            bytes: Some(export.bytes).filter(|bytes| *bytes > 0),
            created_at: required_time(export.created_at),
            finished_at: time(export.finished_at),
            expires_at: required_time(export.expires_at),
        }
    }
}
