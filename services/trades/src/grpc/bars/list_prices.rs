//! The prices of a symbol over a stretch of time.

use crate::{
    db,
    domain::{amounts, invalid::Invalid, price_bar},
    error::Result,
    grpc::{App, parse::optional_time},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1::{ListPricesRequest, ListPricesResponse};

pub(super) async fn list_prices(
    app: &App,
    user: UserId,
    request: ListPricesRequest,
) -> Result<ListPricesResponse> {
    let symbol = amounts::symbol(&request.symbol)?;
    let (from, to) = (optional_time("from", request.from)?, optional_time("to", request.to)?);
    if from.zip(to).is_some_and(|(from, to)| to <= from) {
        return Err(Invalid::new("to", "must be after from").into());
    }
    let most = price_bar::most(request.most)?;
    let mut tx = app.snapshot(user).await?;
    let prices = db::price_bars::prices(&mut *tx, user, &symbol, from, to, most).await?;
    Ok(ListPricesResponse { prices: prices.into_iter().map(wire::stretch).collect() })
}
