//! Lists the caller's templates.

use crate::{db, error::Result, grpc::App, wire};
use identity::UserId;
use journal_proto::trades::v1::ListTemplatesResponse;

pub(super) async fn list_templates(app: &App, user: UserId) -> Result<ListTemplatesResponse> {
    let templates = db::journal_templates::list(&mut *app.snapshot(user).await?, user).await?;
    Ok(ListTemplatesResponse { templates: templates.into_iter().map(wire::template).collect() })
}
