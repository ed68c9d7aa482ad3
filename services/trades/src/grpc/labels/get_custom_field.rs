//! Shows one custom field.

use crate::{
    db,
    error::{Error, Result},
    grpc::{App, parse},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{CustomField, GetCustomFieldRequest};

pub(super) async fn get_custom_field(
    app: &App,
    user: UserId,
    request: &GetCustomFieldRequest,
) -> Result<CustomField> {
    let id = parse::id("custom_field_id", &request.custom_field_id)?;
    let found = db::custom_fields::find(&mut *app.snapshot(user).await?, user, id).await?;
    found.map(wire::custom_field).ok_or(Error::NotFound("custom field"))
}
