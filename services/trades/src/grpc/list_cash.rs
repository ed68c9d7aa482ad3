//! Lists the cash of an account, newest first.

use super::{App, parse};
use crate::{
    db::{self, account_events::CashFilter},
    domain::{
        amounts,
        ids::AccountId,
        page::{Listing, Place},
        trade_filter,
    },
    error::{Error, Result},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{ListCashRequest, ListCashResponse};

pub(super) async fn list_cash(app: &App, user: UserId, request: ListCashRequest) -> Result<ListCashResponse> {
    let account: AccountId = parse::id("account_id", &request.account_id)?;
    let what = if request.kind.is_empty() { None } else { Some(amounts::cash_kind(&request.kind)?) };
    let filter = CashFilter {
        what,
        symbol: trade_filter::sought("symbol", &request.symbol)?,
        import_id: parse::optional_id("import_id", &request.import_id)?,
        from: parse::optional_time("from", request.from)?,
        to: parse::optional_time("to", request.to)?,
    };
    let (limit, place) = parse::page(request.page, Listing::Cash)?;
    let mut tx = app.snapshot(user).await?;
    if db::accounts::find(&mut *tx, user, account).await?.is_none() {
        return Err(Error::NotFound("account"));
    }
    let mut entries =
        db::account_events::list_cash(&mut *tx, user, account, &filter, place, limit + 1).await?;
    let next = parse::cut(&mut entries, limit, |last| Place { at: last.occurred_at, id: last.id.0 });
    Ok(ListCashResponse {
        entries: entries.into_iter().map(wire::cash).collect(),
        next_cursor: next.map(|place| place.to_cursor(Listing::Cash)).unwrap_or_default(),
    })
}
