//! States a mapping anew. Imports that were read with it keep what it was.

use super::{App, parse};
use crate::{
    db,
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, ReplaceMappingRequest};
use runtime::precondition::Precondition;

pub(super) async fn replace_mapping(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: ReplaceMappingRequest,
) -> Result<proto::Mapping> {
    let id = parse::id("mapping_id", &request.mapping_id)?;
    let (name, layout) = parse::mapping(request.content.unwrap_or_default())?;
    let mut tx = app.begin(user).await?;
    let stored = db::mappings::lock(&mut *tx, user, id).await?.ok_or(Error::NotFound("mapping"))?;
    seen.check(stored.version)?;
    let replaced = db::mappings::replace(&mut *tx, user, id, &name, &layout).await?;
    tx.commit().await?;
    replaced.map(wire::mapping).ok_or(Error::NotFound("mapping"))
}
