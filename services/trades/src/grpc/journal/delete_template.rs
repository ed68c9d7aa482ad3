//! Deletes a template. Notes that began with it stay as they are.

use crate::{
    db,
    error::{Error, Result},
    grpc::{App, parse},
};
use identity::UserId;
use journal_proto::trades::v1::{DeleteTemplateRequest, DeleteTemplateResponse};
use runtime::precondition::Precondition;

pub(super) async fn delete_template(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: &DeleteTemplateRequest,
) -> Result<DeleteTemplateResponse> {
    let id = parse::id("template_id", &request.template_id)?;
    let mut tx = app.begin(user).await?;
    let stored = db::journal_templates::lock(&mut *tx, user, id).await?.ok_or(Error::NotFound("template"))?;
    seen.check(stored.version)?;
    db::journal_templates::delete(&mut *tx, user, id).await?;
    tx.commit().await?;
    Ok(DeleteTemplateResponse {})
}
