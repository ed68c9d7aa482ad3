//! How far an export is.

use super::App;
use crate::{
    db,
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{Export, GetExportRequest};

pub(super) async fn get_export(app: &App, user: UserId, request: &GetExportRequest) -> Result<Export> {
    let id = request.export_id.parse().map_err(|_| Error::NotFound("export"))?;
    let found = db::exports::find(&mut *app.snapshot(user).await?, user, id).await?;
    found.as_ref().map(wire::export).ok_or(Error::NotFound("export"))
}
