//! Lists the symbols that have bars.

use crate::{db, error::Result, grpc::App, wire};
use identity::UserId;
use journal_proto::trades::v1::ListBarsResponse;

pub(super) async fn list_bars(app: &App, user: UserId) -> Result<ListBarsResponse> {
    let series = db::price_bars::series(&mut *app.snapshot(user).await?, user, None).await?;
    Ok(ListBarsResponse { series: series.into_iter().map(wire::bar_series).collect() })
}
