//! Keeps the layout of somebody's own CSV files under a name.

use super::{App, parse};
use crate::{
    db,
    domain::{ids::MappingId, instant, mapping::Mapping},
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, CreateMappingRequest};
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn create_mapping(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: CreateMappingRequest,
) -> Result<proto::Mapping> {
    let (name, layout) = parse::mapping(request.content.unwrap_or_default())?;
    let created_at = instant::stored(app.clock.now());
    let mapping = Mapping { id: MappingId(Uuid::now_v7()), name, layout, created_at, version: 1 };
    if db::mappings::insert(&mut *tx, user, &mapping).await? {
        Ok(wire::mapping(mapping))
    } else {
        Err(Error::TooManyMappings)
    }
}
