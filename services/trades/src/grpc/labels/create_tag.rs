//! Makes a tag before any trade has it.

use crate::{
    db,
    domain::{
        ids::TagId,
        instant,
        named::Named,
        tag::{self, Tag},
    },
    error::{Error, Result},
    grpc::App,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, CreateTagRequest};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn create_tag(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: &CreateTagRequest,
) -> Result<proto::Tag> {
    let tag = Tag {
        id: TagId(Uuid::now_v7()),
        name: tag::name(&request.name)?,
        color: tag::color(&request.color)?,
        created_at: instant::stored(app.clock.now()),
        version: 1,
        trades: 0,
    };
    if db::tags::insert(&mut *tx, user, &tag).await? {
        Ok(wire::tag(tag))
    } else {
        Err(Error::TooMany(Named::Tag))
    }
}
