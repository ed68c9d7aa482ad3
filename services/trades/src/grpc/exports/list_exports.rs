//! The caller's exports.

use super::App;
use crate::{db, error::Result, wire};
use identity::UserId;
use journal_proto::trades::v1::ListExportsResponse;

/// Newest first; there are few.
pub(super) async fn list_exports(app: &App, user: UserId) -> Result<ListExportsResponse> {
    let exports = db::exports::list(&mut *app.snapshot(user).await?, user).await?;
    Ok(ListExportsResponse { exports: exports.iter().map(wire::export).collect() })
}
