//! Deletes a mapping. Imports that were read with it keep its layout.

use super::{App, parse};
use crate::{
    db,
    error::{Error, Result},
};
use identity::UserId;
use journal_proto::trades::v1::{DeleteMappingRequest, DeleteMappingResponse};

pub(super) async fn delete_mapping(
    app: &App,
    user: UserId,
    request: DeleteMappingRequest,
) -> Result<DeleteMappingResponse> {
    let id = parse::id("mapping_id", &request.mapping_id)?;
    let mut tx = app.begin(user).await?;
    if db::mappings::delete(&mut *tx, user, id).await? {
        tx.commit().await?;
        Ok(DeleteMappingResponse {})
    } else {
        Err(Error::NotFound("mapping"))
    }
}
