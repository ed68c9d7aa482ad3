//! Shows one template.

use crate::{
    db,
    error::{Error, Result},
    grpc::{App, parse},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{GetTemplateRequest, Template};

pub(super) async fn get_template(app: &App, user: UserId, request: &GetTemplateRequest) -> Result<Template> {
    let id = parse::id("template_id", &request.template_id)?;
    let found = db::journal_templates::find(&mut *app.snapshot(user).await?, user, id).await?;
    found.map(wire::template).ok_or(Error::NotFound("template"))
}
