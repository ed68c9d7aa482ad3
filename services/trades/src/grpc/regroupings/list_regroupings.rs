//! Lists merges and splits, newest first.

use super::{super::parse, App, shown::shown};
use crate::{
    db,
    domain::page::{Listing, Place},
    error::Result,
};
use identity::UserId;
use journal_proto::trades::v1::{ListRegroupingsRequest, ListRegroupingsResponse};

pub(super) async fn list_regroupings(
    app: &App,
    user: UserId,
    request: ListRegroupingsRequest,
) -> Result<ListRegroupingsResponse> {
    let account = parse::optional_id("account_id", &request.account_id)?;
    let (limit, place) = parse::page(request.page, Listing::Regroupings)?;
    let mut tx = app.snapshot(user).await?;
    let mut regroupings = db::regroupings::list(&mut *tx, user, account, place, limit + 1).await?;
    let next = parse::cut(&mut regroupings, limit, |last| Place { at: last.created_at, id: last.id.0 });
    let regroupings = shown(&mut *tx, user, regroupings).await?;
    tx.commit().await?;
    Ok(ListRegroupingsResponse {
        regroupings,
        next_cursor: next.map(|place| place.to_cursor(Listing::Regroupings)).unwrap_or_default(),
    })
}
