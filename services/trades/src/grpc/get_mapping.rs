//! Shows one mapping.

use super::{App, parse};
use crate::{
    db,
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, GetMappingRequest};

pub(super) async fn get_mapping(
    app: &App,
    user: UserId,
    request: GetMappingRequest,
) -> Result<proto::Mapping> {
    let id = parse::id("mapping_id", &request.mapping_id)?;
    let mapping = db::mappings::find(&mut *app.snapshot(user).await?, user, id).await?;
    mapping.map(wire::mapping).ok_or(Error::NotFound("mapping"))
}
