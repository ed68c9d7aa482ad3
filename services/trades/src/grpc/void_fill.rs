//! Takes a fill back: it counts in no trade any more, but can still be seen.

use super::{App, amending::amend, parse};
use crate::{
    domain::{
        amounts,
        fill_record::{FillContent, RecordKind},
        ids::FillId,
    },
    error::Result,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, VoidFillRequest};
use sqlx::PgConnection;

pub(super) async fn void_fill(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    request: VoidFillRequest,
) -> Result<proto::Fill> {
    let id: FillId = parse::id("fill_id", &request.fill_id)?;
    let reason = amounts::reason(&request.reason)?;
    let fill = amend(app, tx, user, id, RecordKind::Bust, FillContent::default(), reason).await?;
    Ok(wire::fill(fill))
}
