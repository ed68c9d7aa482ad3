//! Shows one import with its diagnostics.

use super::{App, parse};
use crate::{
    db,
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, GetImportRequest};

pub(super) async fn get_import(app: &App, user: UserId, request: GetImportRequest) -> Result<proto::Import> {
    let id = parse::id("import_id", &request.import_id)?;
    let import = db::imports::find(&mut *app.snapshot(user).await?, user, id).await?;
    import.map(wire::import).ok_or(Error::NotFound("import"))
}
