//! Lists all that was said about a fill.

use super::{App, parse};
use crate::{
    db,
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{ListFillRecordsRequest, ListFillRecordsResponse};

pub(super) async fn list_fill_records(
    app: &App,
    user: UserId,
    request: ListFillRecordsRequest,
) -> Result<ListFillRecordsResponse> {
    let id = parse::id("fill_id", &request.fill_id)?;
    let mut tx = app.snapshot(user).await?;
    let fill = db::fills::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("fill"))?;
    let mut names = vec![fill.execution_id.as_str()];
    names.extend(fill.reference.as_deref().filter(|reference| *reference != fill.execution_id));
    let records = db::fill_records::about(&mut *tx, user, fill.account_id, &names).await?;
    Ok(ListFillRecordsResponse { records: records.into_iter().map(wire::fill_record).collect() })
}
