//! The file of a completed export.

use super::App;
use crate::{
    db,
    domain::export::Status as ExportStatus,
    error::{Error, Result},
    files::Files,
};
use futures_util::{StreamExt as _, TryStreamExt as _, stream::BoxStream};
use identity::UserId;
use journal_proto::trades::v1::{DownloadExportRequest, DownloadExportResponse};
use tonic::Status;

/// `NOT_FOUND` while there is no file.
pub(super) async fn download_export(
    app: &App,
    user: UserId,
    request: &DownloadExportRequest,
) -> Result<BoxStream<'static, std::result::Result<DownloadExportResponse, Status>>> {
    let id = request.export_id.parse().map_err(|_| Error::NotFound("export"))?;
    let found = db::exports::find(&mut *app.snapshot(user).await?, user, id).await?;
    found.filter(|export| export.status == ExportStatus::Completed).ok_or(Error::NotFound("export"))?;
    let bytes = app.files.read(&Files::export_key(user, id)).await?.ok_or(Error::NotFound("export"))?;
    let chunks = bytes.map_ok(|chunk| DownloadExportResponse { chunk: chunk.into() });
    Ok(chunks.map_err(|error| Status::from(Error::Storage(error))).boxed())
}
