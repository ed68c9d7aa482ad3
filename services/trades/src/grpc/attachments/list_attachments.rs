//! Lists the attachments of a trade.

use super::shown_by;
use crate::{
    db,
    error::Result,
    grpc::{App, parse},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{ListAttachmentsRequest, ListAttachmentsResponse};

pub(super) async fn list_attachments(
    app: &App,
    user: UserId,
    request: &ListAttachmentsRequest,
) -> Result<ListAttachmentsResponse> {
    let id = parse::id("trade_id", &request.trade_id)?;
    let mut tx = app.snapshot(user).await?;
    let trades = shown_by(&mut tx, user, id).await?;
    let attachments = db::trade_attachments::of(&mut *tx, user, &trades).await?;
    Ok(ListAttachmentsResponse { attachments: attachments.into_iter().map(wire::attachment).collect() })
}
