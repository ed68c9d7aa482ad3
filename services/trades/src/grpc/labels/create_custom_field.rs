//! Adds something to note about each trade.

use crate::{
    db,
    domain::{
        custom_field::{self, CustomField},
        ids::CustomFieldId,
        instant,
        named::Named,
    },
    error::{Error, Result},
    grpc::App,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, CreateCustomFieldRequest};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn create_custom_field(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: &CreateCustomFieldRequest,
) -> Result<proto::CustomField> {
    let kind = custom_field::kind(&request.kind)?;
    let field = CustomField {
        id: CustomFieldId(Uuid::now_v7()),
        name: custom_field::name(&request.name)?,
        kind,
        choices: custom_field::choices(kind, &request.choices)?,
        created_at: instant::stored(app.clock.now()),
        version: 1,
    };
    if db::custom_fields::insert(&mut *tx, user, &field).await? {
        Ok(wire::custom_field(field))
    } else {
        Err(Error::TooMany(Named::CustomField))
    }
}
