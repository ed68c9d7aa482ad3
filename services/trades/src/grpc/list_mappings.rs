//! Lists the caller's mappings.

use super::App;
use crate::{db, error::Result, wire};
use identity::UserId;
use journal_proto::trades::v1::ListMappingsResponse;

pub(super) async fn list_mappings(app: &App, user: UserId) -> Result<ListMappingsResponse> {
    let mappings = db::mappings::list(&mut *app.snapshot(user).await?, user).await?;
    Ok(ListMappingsResponse { mappings: mappings.into_iter().map(wire::mapping).collect() })
}
