//! Lists the caller's custom fields.

use crate::{db, error::Result, grpc::App, wire};
use identity::UserId;
use journal_proto::trades::v1::ListCustomFieldsResponse;

pub(super) async fn list_custom_fields(app: &App, user: UserId) -> Result<ListCustomFieldsResponse> {
    let custom_fields = db::custom_fields::list(&mut *app.snapshot(user).await?, user).await?;
    Ok(ListCustomFieldsResponse {
        custom_fields: custom_fields.into_iter().map(wire::custom_field).collect(),
    })
}
