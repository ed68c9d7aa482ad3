//! Saved views.

use super::timestamp;
use crate::domain::saved_view::SavedView;
use journal_proto::trades::v1 as proto;

/// A view as its owner sees it.
pub fn saved_view(view: SavedView) -> proto::SavedView {
    proto::SavedView {
        id: view.id.to_string(),
        name: view.name,
        page: view.page,
        query: view.query,
        created_at: Some(timestamp(view.created_at)),
        version: view.version,
    }
}
