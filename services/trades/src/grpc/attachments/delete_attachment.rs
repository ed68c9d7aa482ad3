//! Deletes an attachment.

use super::shown_by;
use crate::{
    db,
    error::{Error, Result},
    files::Files,
    grpc::{App, parse},
};
use identity::UserId;
use journal_proto::trades::v1::{DeleteAttachmentRequest, DeleteAttachmentResponse};

pub(super) async fn delete_attachment(
    app: &App,
    user: UserId,
    request: &DeleteAttachmentRequest,
) -> Result<DeleteAttachmentResponse> {
    let trade_id = parse::id("trade_id", &request.trade_id)?;
    let id = parse::id("attachment_id", &request.attachment_id)?;
    let mut tx = app.begin(user).await?;
    let trades = shown_by(&mut tx, user, trade_id).await?;
    if !db::trade_attachments::delete(&mut *tx, user, &trades, id).await? {
        return Err(Error::NotFound("attachment"));
    }
    tx.commit().await?;
    app.files.remove(&Files::attachment_key(user, id)).await;
    Ok(DeleteAttachmentResponse {})
}
