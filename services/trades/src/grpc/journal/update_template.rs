//! Changes name or body of a template.

use crate::{
    db,
    domain::template::{self, Template},
    error::{Error, Result},
    grpc::{App, parse},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, UpdateTemplateRequest};
use runtime::precondition::Precondition;

pub(super) async fn update_template(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: &UpdateTemplateRequest,
) -> Result<proto::Template> {
    let id = parse::id("template_id", &request.template_id)?;
    let name = request.name.as_deref().map(template::name).transpose()?;
    let body = request.body.as_deref().map(template::body).transpose()?;
    let mut tx = app.begin(user).await?;
    let stored = db::journal_templates::lock(&mut *tx, user, id).await?.ok_or(Error::NotFound("template"))?;
    seen.check(stored.version)?;
    let mut changed = Template {
        name: name.unwrap_or_else(|| stored.name.clone()),
        body: body.unwrap_or_else(|| stored.body.clone()),
        ..stored.clone()
    };
    if changed != stored {
        changed.version += 1;
        db::journal_templates::update(&mut *tx, user, &changed).await?;
        tx.commit().await?;
    }
    Ok(wire::template(changed))
}
