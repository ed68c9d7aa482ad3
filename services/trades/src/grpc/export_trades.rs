//! Streams every account, deposit, withdrawal and trade of the caller, as of one moment.

use super::App;
use crate::{
    db,
    domain::ids::{EventId, TradeId},
    error::{Error, Result},
    wire,
};
use futures_util::stream::{self, BoxStream, StreamExt as _};
use identity::UserId;
use journal_proto::trades::v1::ExportTradesResponse;
use sqlx::{Postgres, Transaction};
use tonic::Status;

/// Trades, or deposits and withdrawals, of one message.
const CHUNK: i64 = 500;

/// The snapshot, and how far it was sent.
struct Export {
    snapshot: Transaction<'static, Postgres>,
    user: UserId,
    sent: Sent,
}

/// What was sent last.
enum Sent {
    Flows(Option<EventId>),
    Trades(Option<TradeId>),
}

pub(super) async fn export_trades(
    app: &App,
    user: UserId,
) -> Result<BoxStream<'static, Result<ExportTradesResponse, Status>>> {
    let mut snapshot = app.snapshot_in_order(user, true).await?;
    let accounts = db::accounts::list(&mut *snapshot, user).await?;
    let first = ExportTradesResponse {
        revisions: accounts.iter().map(|account| (account.id.to_string(), account.revision)).collect(),
        accounts: accounts.into_iter().map(wire::account).collect(),
        ..ExportTradesResponse::default()
    };
    let export = Export { snapshot, user, sent: Sent::Flows(None) };
    let rest = stream::try_unfold(export, |export| async { next_chunk(export).await.map_err(Status::from) });
    Ok(stream::once(async { Ok(first) }).chain(rest).boxed())
}

async fn next_chunk(mut export: Export) -> Result<Option<(ExportTradesResponse, Export)>, Error> {
    let sent = match export.sent {
        Sent::Flows(sent) => {
            let flows =
                db::account_events::export_flows(&mut *export.snapshot, export.user, sent, CHUNK).await?;
            if let Some(last) = flows.last() {
                export.sent = Sent::Flows(Some(last.id));
                let flows = flows.iter().map(wire::cash_flow).collect();
                let message = ExportTradesResponse { flows, ..ExportTradesResponse::default() };
                return Ok(Some((message, export)));
            }
            None
        }
        Sent::Trades(sent) => sent,
    };
    let trades = db::trades::export(&mut *export.snapshot, export.user, sent, CHUNK).await?;
    let Some(last) = trades.last() else {
        export.snapshot.commit().await?;
        return Ok(None);
    };
    export.sent = Sent::Trades(Some(last.round_trip.id));
    let message = ExportTradesResponse {
        trades: trades.into_iter().map(wire::trade).collect(),
        ..ExportTradesResponse::default()
    };
    Ok(Some((message, export)))
}
