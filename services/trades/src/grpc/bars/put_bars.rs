//! Takes a file of bars.

use super::changing;
use crate::{
    db,
    domain::{
        account, amounts,
        import::{self, Diagnostics},
        invalid::Invalid,
        mapping, price_bar,
    },
    error::{Error, Result},
    grpc::App,
    wire,
};
use formats::{Options, PriceBars};
use identity::UserId;
use journal_proto::trades::v1::{PutBarsRequest, PutBarsResponse};

pub(super) async fn put_bars(app: &App, user: UserId, request: PutBarsRequest) -> Result<PutBarsResponse> {
    let symbol = amounts::symbol(&request.symbol)?;
    let options = Options {
        time_zone: match request.time_zone.as_str() {
            "" => None,
            zone => Some(account::time_zone(zone)?),
        },
        date_order: mapping::dates(&request.date_order)?.map(mapping::Dates::to_formats),
        ..Options::default()
    };
    let file = request.file;
    let read = tokio::task::spawn_blocking(move || formats::price_bars(&mut file.as_slice(), &options));
    let read = read.await?.map_err(|error| Invalid::new("file", error.to_string()))?;
    let bars = price_bar::kept(&read.bars)?;
    let mut tx = app.begin(user).await?;
    let accounts = changing::lock(&mut tx, user).await?;
    db::price_bars::replace(&mut tx, user, &symbol, &bars).await?;
    if db::price_bars::count(&mut *tx, user).await? > db::price_bars::MOST {
        return Err(Error::TooManyBars);
    }
    let changed_trades = changing::measure(app, &mut tx, user, &accounts, &symbol).await?;
    let series = db::price_bars::series(&mut *tx, user, Some(&symbol)).await?;
    tx.commit().await?;
    let told = PutBarsResponse {
        series: series.into_iter().next().map(wire::bar_series),
        changed_trades,
        ..PutBarsResponse::default()
    };
    Ok(with_file(told, read))
}

fn with_file(told: PutBarsResponse, read: PriceBars) -> PutBarsResponse {
    let mut diagnostics = Diagnostics::default();
    for diagnostic in read.diagnostics {
        diagnostics.add(import::Diagnostic::from(diagnostic));
    }
    PutBarsResponse {
        interval_milliseconds: u64::try_from(read.interval.as_millis()).unwrap_or(u64::MAX),
        rows: Some(wire::rows(read.rows.into())),
        diagnostics: diagnostics.first.into_iter().map(wire::diagnostic).collect(),
        ..told
    }
}
