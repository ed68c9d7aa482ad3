//! Lists fills, newest first.

use super::{App, parse};
use crate::{
    db::{self, fills::FillFilter},
    domain::{
        page::{Listing, Place},
        trade_filter,
    },
    error::Result,
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{ListFillsRequest, ListFillsResponse};

pub(super) async fn list_fills(
    app: &App,
    user: UserId,
    request: ListFillsRequest,
) -> Result<ListFillsResponse> {
    let filter = FillFilter {
        account_id: parse::optional_id("account_id", &request.account_id)?,
        symbol: trade_filter::sought("symbol", &request.symbol)?,
        import_id: parse::optional_id("import_id", &request.import_id)?,
        from: parse::optional_time("from", request.from)?,
        to: parse::optional_time("to", request.to)?,
    };
    let (limit, place) = parse::page(request.page, Listing::Fills)?;
    let mut tx = app.snapshot_in_order(user, filter == FillFilter::default()).await?;
    let mut fills = db::fills::list(&mut *tx, user, &filter, place, limit + 1).await?;
    let next = parse::cut(&mut fills, limit, |last| Place { at: last.executed_at, id: last.id.0 });
    Ok(ListFillsResponse {
        fills: fills.into_iter().map(wire::fill).collect(),
        next_cursor: next.map(|place| place.to_cursor(Listing::Fills)).unwrap_or_default(),
    })
}
