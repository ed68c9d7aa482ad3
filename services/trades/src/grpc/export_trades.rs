//! Streams every account and trade of the caller, as of one moment.

use super::App;
use crate::{
    db,
    domain::ids::TradeId,
    error::{Error, Result},
    wire,
};
use futures_util::stream::{self, BoxStream, StreamExt as _};
use identity::UserId;
use journal_proto::trades::v1::ExportTradesResponse;
use sqlx::{Postgres, Transaction};
use tonic::Status;

/// Trades of one message.
const CHUNK: i64 = 500;

/// The snapshot, and the trade up to which it was sent.
struct Export {
    snapshot: Transaction<'static, Postgres>,
    user: UserId,
    sent: Option<TradeId>,
}

pub(super) async fn export_trades(
    app: &App,
    user: UserId,
) -> Result<BoxStream<'static, Result<ExportTradesResponse, Status>>> {
    let mut snapshot = db::snapshot::begin(&app.pool).await?;
    let accounts = db::accounts::list(&mut *snapshot, user).await?;
    let first = ExportTradesResponse {
        revisions: accounts.iter().map(|account| (account.id.to_string(), account.revision)).collect(),
        accounts: accounts.into_iter().map(wire::account).collect(),
        trades: Vec::new(),
    };
    let export = Export { snapshot, user, sent: None };
    let trades =
        stream::try_unfold(export, |export| async { next_chunk(export).await.map_err(Status::from) });
    Ok(stream::once(async { Ok(first) }).chain(trades).boxed())
}

async fn next_chunk(mut export: Export) -> Result<Option<(ExportTradesResponse, Export)>, Error> {
    let trades = db::trades::export(&mut *export.snapshot, export.user, export.sent, CHUNK).await?;
    let Some(last) = trades.last() else {
        export.snapshot.commit().await?;
        return Ok(None);
    };
    export.sent = Some(last.round_trip.id);
    let message = ExportTradesResponse {
        trades: trades.into_iter().map(wire::trade).collect(),
        ..ExportTradesResponse::default()
    };
    Ok(Some((message, export)))
}
