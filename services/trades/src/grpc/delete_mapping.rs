//! Deletes a mapping. Imports that were read with it keep its layout.

use super::{App, parse};
use crate::{
    db,
    error::{Error, Result},
};
use identity::UserId;
use journal_proto::trades::v1::{DeleteMappingRequest, DeleteMappingResponse};
use runtime::precondition::Precondition;

pub(super) async fn delete_mapping(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: DeleteMappingRequest,
) -> Result<DeleteMappingResponse> {
    let id = parse::id("mapping_id", &request.mapping_id)?;
    let mut tx = app.begin(user).await?;
    let stored = db::mappings::lock(&mut *tx, user, id).await?.ok_or(Error::NotFound("mapping"))?;
    seen.check(stored.version)?;
    db::mappings::delete(&mut *tx, user, id).await?;
    tx.commit().await?;
    Ok(DeleteMappingResponse {})
}
