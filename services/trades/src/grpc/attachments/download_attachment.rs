//! The bytes of an attachment.

use super::shown_by;
use crate::{
    db,
    error::{Error, Result},
    files::Files,
    grpc::{App, parse},
    wire,
};
use futures_util::{StreamExt as _, TryStreamExt as _, stream, stream::BoxStream};
use identity::UserId;
use journal_proto::trades::v1::{
    DownloadAttachmentRequest, DownloadAttachmentResponse, download_attachment_response::Part,
};
use tonic::Status;

pub(super) async fn download_attachment(
    app: &App,
    user: UserId,
    request: &DownloadAttachmentRequest,
) -> Result<BoxStream<'static, std::result::Result<DownloadAttachmentResponse, Status>>> {
    let trade_id = parse::id("trade_id", &request.trade_id)?;
    let id = parse::id("attachment_id", &request.attachment_id)?;
    let missing = || Error::NotFound("attachment");
    let mut tx = app.snapshot(user).await?;
    let trades = shown_by(&mut tx, user, trade_id).await?;
    let found = db::trade_attachments::of(&mut *tx, user, &trades).await?;
    drop(tx);
    let found = found.into_iter().find(|attachment| attachment.id == id).ok_or_else(missing)?;
    let bytes = app.files.read(&Files::attachment_key(user, id)).await?.ok_or_else(missing)?;
    let part = |part| DownloadAttachmentResponse { part: Some(part) };
    let first = stream::iter([Ok(part(Part::Attachment(wire::attachment(found))))]);
    let chunks = bytes.map_ok(move |chunk| part(Part::Chunk(chunk)));
    Ok(first.chain(chunks.map_err(|error| Status::from(Error::Storage(error)))).boxed())
}
