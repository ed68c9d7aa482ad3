//! Keeps a text that notes may begin with.

use crate::{
    db,
    domain::{
        ids::TemplateId,
        instant,
        named::Named,
        template::{self, Template},
    },
    error::{Error, Result},
    grpc::App,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, CreateTemplateRequest};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn create_template(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: &CreateTemplateRequest,
) -> Result<proto::Template> {
    let template = Template {
        id: TemplateId(Uuid::now_v7()),
        name: template::name(&request.name)?,
        body: template::body(&request.body)?,
        created_at: instant::stored(app.clock.now()),
        version: 1,
    };
    if db::journal_templates::insert(&mut *tx, user, &template).await? {
        Ok(wire::template(template))
    } else {
        Err(Error::TooMany(Named::Template))
    }
}
