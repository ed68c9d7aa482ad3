//! `RebuildStatistics`: reads everything again from the trades service.

use crate::{
    db,
    domain::{Account, CashFlow, Malformed, Trade},
    error::Error,
};
use identity::{Caller, authorized};
use journal_proto::{
    analytics::v1::RebuildStatisticsResponse,
    trades::v1::{ExportTradesRequest, ExportTradesResponse, trades_service_client::TradesServiceClient},
};
use runtime::{grpc::Link, postgres};
use sqlx::{PgConnection, PgPool};
use std::collections::HashMap;
use uuid::Uuid;

/// What an export told so far.
#[derive(Default)]
struct Seen {
    accounts: HashMap<Uuid, SeenAccount>,
    trades: u64,
}

/// What an export told of one account.
#[derive(Default)]
struct SeenAccount {
    revision: i64,
    trades: Vec<Uuid>,
    flows: Vec<Uuid>,
}

/// Replaces every projection that is not newer than the export; what events wrote meanwhile stays.
pub(super) async fn rebuild_statistics(
    pool: &PgPool,
    mut trades: TradesServiceClient<Link>,
    caller: &Caller,
) -> Result<RebuildStatisticsResponse, Error> {
    let user_id = caller.user_id.0;
    // An account known before the export that is missing in it has ended, and nothing of it may be left; one created meanwhile has not.
    let known = db::accounts::known(&mut *postgres::begin_for(pool, user_id).await?, user_id).await?;
    let mut export = trades
        .export_trades(authorized(ExportTradesRequest {}, caller))
        .await
        .map_err(Error::Trades)?
        .into_inner();
    let mut seen = Seen::default();
    let mut tx = postgres::begin_for(pool, user_id).await?;
    while let Some(part) = export.message().await.map_err(Error::Trades)? {
        apply(&mut tx, user_id, part, &mut seen).await?;
    }
    for (id, account) in &seen.accounts {
        db::trades::bury_others(&mut *tx, user_id, *id, &account.trades, account.revision).await?;
        db::cash_flows::bury_others(&mut *tx, user_id, *id, &account.flows, account.revision).await?;
    }
    for gone in known.into_iter().filter(|id| !seen.accounts.contains_key(id)) {
        db::accounts::delete(&mut *tx, user_id, gone).await?;
        db::trades::delete_of_account(&mut *tx, user_id, gone).await?;
        db::cash_flows::delete_of_account(&mut *tx, user_id, gone).await?;
    }
    tx.commit().await?;
    let accounts = u64::try_from(seen.accounts.len()).unwrap_or_default();
    tracing::info!(trades = seen.trades, accounts, "statistics rebuilt");
    Ok(RebuildStatisticsResponse { trades: seen.trades, accounts })
}

async fn apply(
    tx: &mut PgConnection,
    user_id: Uuid,
    part: ExportTradesResponse,
    seen: &mut Seen,
) -> Result<(), Error> {
    let malformed = |_: Malformed| Error::Malformed("export of trades".to_owned());
    for account in part.accounts {
        let account = Account::parse(account).map_err(malformed)?;
        let revision = part.revisions.get(&account.id.to_string()).copied().unwrap_or_default();
        db::accounts::keep(&mut *tx, user_id, &account).await?;
        seen.accounts.insert(account.id, SeenAccount { revision, ..SeenAccount::default() });
    }
    let trades: Result<Vec<Trade>, Malformed> = part.trades.into_iter().map(Trade::parse).collect();
    let trades = trades.map_err(malformed)?;
    for trade in &trades {
        seen.accounts.entry(trade.account_id).or_default().trades.push(trade.id);
    }
    seen.trades += u64::try_from(trades.len()).unwrap_or_default();
    db::trades::upsert(&mut *tx, user_id, &trades).await?;
    let flows: Result<Vec<CashFlow>, Malformed> = part.flows.into_iter().map(CashFlow::parse).collect();
    let flows = flows.map_err(malformed)?;
    for flow in &flows {
        seen.accounts.entry(flow.account_id).or_default().flows.push(flow.id);
    }
    db::cash_flows::upsert(tx, user_id, &flows).await?;
    Ok(())
}
