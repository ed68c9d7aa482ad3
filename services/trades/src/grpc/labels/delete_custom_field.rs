//! Deletes a custom field, and takes it off all trades.

use crate::{
    db,
    error::{Error, Result},
    grpc::{App, parse},
    relabel::{self, Relabelling},
};
use identity::UserId;
use journal_proto::trades::v1::{DeleteCustomFieldRequest, DeleteCustomFieldResponse};
use runtime::precondition::Precondition;

pub(super) async fn delete_custom_field(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: &DeleteCustomFieldRequest,
) -> Result<DeleteCustomFieldResponse> {
    let id = parse::id("custom_field_id", &request.custom_field_id)?;
    let mut tx = app.begin(user).await?;
    relabel::begin(&mut tx, user).await?;
    let stored = db::custom_fields::lock(&mut *tx, user, id).await?.ok_or(Error::NotFound("custom field"))?;
    seen.check(stored.version)?;
    relabel::everywhere(&mut tx, user, Relabelling::DropField(id)).await?;
    db::custom_fields::delete(&mut *tx, user, id).await?;
    tx.commit().await?;
    Ok(DeleteCustomFieldResponse {})
}
