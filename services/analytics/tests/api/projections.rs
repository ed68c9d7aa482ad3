//! Events become projections: once, and never an older over a newer one.

use crate::support::{Service, Trader, service};
use journal_proto::{analytics::v1::Filter, trades::v1::AccountDeleted};
use testing::eventually;

#[tokio::test(flavor = "multi_thread")]
async fn an_older_version_never_overwrites_a_newer_one() {
    let (service, trader) = (service().await, Trader::new());
    let newer = trader.closed("AAPL", "2026-01-05T15:00:00Z", "20", 7);
    let older = journal_proto::trades::v1::Trade { net_pnl: "10".to_owned(), version: 6, ..newer.clone() };
    service.with_trades(trader, vec![newer]).await;

    service.publish(&trader.trades_changed(6, vec![older], Vec::new())).await;
    eventually("both revisions", async || (service.told_updates().await.len() == 2).then_some(())).await;

    assert_eq!(service.summary(trader, Filter::default()).await.net_pnl, "20");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_trade_does_not_come_back_with_a_late_event() {
    let (service, trader) = (service().await, Trader::new());
    let trade = trader.closed("AAPL", "2026-01-05T15:00:00Z", "20", 1);

    service.publish(&trader.trades_changed(2, Vec::new(), vec![trade.id.clone()])).await;
    service.publish(&trader.trades_changed(1, vec![trade.clone()], Vec::new())).await;
    eventually("both revisions", async || (service.told_updates().await.len() == 2).then_some(())).await;
    assert_eq!(service.summary(trader, Filter::default()).await.trades, 0);

    let again = journal_proto::trades::v1::Trade { version: 3, ..trade };
    service.with_trades(trader, vec![again]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_in_several_messages_is_told_once_and_when_it_is_whole() {
    let (service, trader) = (service().await, Trader::new());
    let rows: Vec<_> =
        (0..4).map(|n| trader.closed("AAPL", &format!("2026-01-05T15:0{n}:00Z"), "1", 5)).collect();
    let message = |range: std::ops::Range<usize>, last| {
        let mut event = trader.trades_changed(5, rows.get(range).unwrap().to_vec(), Vec::new());
        event.changed_total = 4;
        event.last = last;
        event
    };

    service.publish(&message(2..4, true)).await;
    service.until_trades(trader, 2).await;
    assert_eq!(service.told_updates().await.len(), 0);
    service.publish(&message(0..2, false)).await;
    service.until_trades(trader, 4).await;

    let told = service.told_updates().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told.first().map(|update| update.revision), Some(5));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_account_takes_its_trades_along_for_good() {
    let (service, trader) = (service().await, Trader::new());
    service.with_trades(trader, vec![trader.closed("AAPL", "2026-01-05T15:00:00Z", "20", 1)]).await;

    let deleted = AccountDeleted { user_id: trader.user.to_string(), account_id: trader.account.to_string() };
    service.publish(&deleted).await;
    service.until_trades(trader, 0).await;
    let late = trader.closed("MSFT", "2026-01-06T15:00:00Z", "20", 2);
    service.publish(&trader.trades_changed(2, vec![late], Vec::new())).await;
    eventually("the late event to be handled", async || (handled(&service).await == 3).then_some(())).await;

    assert_eq!(service.summary(trader, Filter::default()).await.trades, 0);
}

/// What the database still has of the trader's account.
async fn rows_left(service: &Service, trader: Trader) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM trades WHERE account_id = $1")
        .bind(trader.account)
        .fetch_one(&service.database.every_row)
        .await
        .unwrap()
}

async fn handled(service: &Service) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM inbox").fetch_one(&service.database.pool).await.unwrap()
}

/// Statements that wait for a lock of this kind.
async fn waiting(service: &Service, kind: &str) -> i64 {
    let waiting = "SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = $1";
    sqlx::query_scalar(waiting).bind(kind).fetch_one(&service.database.every_row).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn trades_that_arrive_while_their_account_is_deleted_do_not_stay() {
    let (service, trader) = (service().await, Trader::new());
    // The trades are written, and then their event waits for this row.
    let mut holding = service.database.every_row.begin().await.unwrap();
    sqlx::query(
        "INSERT INTO revisions (user_id, account_id, revision, applied, last_seen) VALUES ($1, $2, 1, 0, false)",
    )
    .bind(trader.user.0)
    .bind(trader.account)
    .execute(&mut *holding)
    .await
    .unwrap();
    let trade = trader.closed("AAPL", "2026-01-05T15:00:00Z", "20", 1);
    service.publish(&trader.trades_changed(1, vec![trade], Vec::new())).await;
    eventually("the trades", async || (waiting(&service, "transactionid").await == 1).then_some(())).await;

    let deleted = AccountDeleted { user_id: trader.user.to_string(), account_id: trader.account.to_string() };
    service.publish(&deleted).await;
    eventually("the deletion", async || {
        (waiting(&service, "advisory").await == 1 || handled(&service).await == 1).then_some(())
    })
    .await;
    holding.rollback().await.unwrap();
    eventually("both events", async || (handled(&service).await == 2).then_some(())).await;

    assert_eq!(rows_left(&service, trader).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn trades_that_a_deleted_account_left_behind_do_not_count() {
    let (service, trader) = (service().await, Trader::new());
    service.with_account(trader, "UTC", "").await;
    service.with_trades(trader, vec![trader.closed("AAPL", "2026-01-05T15:00:00Z", "20", 1)]).await;

    sqlx::query("UPDATE accounts SET deleted = true WHERE id = $1")
        .bind(trader.account)
        .execute(&service.database.every_row)
        .await
        .unwrap();

    assert_eq!(rows_left(&service, trader).await, 1);
    assert_eq!(service.summary(trader, Filter::default()).await.trades, 0);
}
