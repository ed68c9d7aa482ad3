//! Exports as messages.

use super::timestamp;
use crate::domain::export::Export;
use journal_proto::trades::v1 as proto;

/// An export.
pub fn export(export: &Export) -> proto::Export {
    proto::Export {
        id: export.id.to_string(),
        status: export.status.as_str().to_owned(),
        bytes: export.bytes,
        created_at: Some(timestamp(export.created_at)),
        finished_at: export.finished_at.map(timestamp),
        expires_at: Some(timestamp(export.expires_at)),
    }
}
