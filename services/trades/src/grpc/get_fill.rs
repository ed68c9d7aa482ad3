//! Shows one fill.

use super::{App, parse};
use crate::{
    db,
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{self as proto, GetFillRequest};

pub(super) async fn get_fill(app: &App, user: UserId, request: GetFillRequest) -> Result<proto::Fill> {
    let id = parse::id("fill_id", &request.fill_id)?;
    let fill = db::fills::find(&mut *app.snapshot(user).await?, user, id).await?;
    fill.map(wire::fill).ok_or(Error::NotFound("fill"))
}
