//! Changes the name or the choices of a field. Trades keep the values that they have.

use crate::{
    db,
    domain::custom_field::{self, CustomField},
    error::{Error, Result},
    grpc::{App, parse},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, UpdateCustomFieldRequest};
use runtime::precondition::Precondition;

pub(super) async fn update_custom_field(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: &UpdateCustomFieldRequest,
) -> Result<proto::CustomField> {
    let id = parse::id("custom_field_id", &request.custom_field_id)?;
    let name = request.name.as_deref().map(custom_field::name).transpose()?;
    let mut tx = app.begin(user).await?;
    let stored = db::custom_fields::lock(&mut *tx, user, id).await?.ok_or(Error::NotFound("custom field"))?;
    seen.check(stored.version)?;
    let choices = request.replace_choices.then(|| custom_field::choices(stored.kind, &request.choices));
    let mut changed = CustomField {
        name: name.unwrap_or_else(|| stored.name.clone()),
        choices: choices.transpose()?.unwrap_or_else(|| stored.choices.clone()),
        ..stored.clone()
    };
    if changed != stored {
        changed.version += 1;
        db::custom_fields::update(&mut *tx, user, &changed).await?;
        tx.commit().await?;
    }
    Ok(wire::custom_field(changed))
}
