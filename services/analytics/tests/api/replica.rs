//! Statistics are read at a replica of the database.

use crate::support::{Trader, daily, service_on};
use analytics::migrators;
use journal_proto::analytics::v1::Filter;
use runtime::settings::Replica;
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};
use testing::{eventually, replicated};
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread")]
async fn statistics_are_read_at_the_replica_and_never_miss_a_trade_that_is_counted() {
    let pair = replicated("analytics", &migrators()).await;
    let replica = Replica { database_replica_url: pair.replica_url.clone().into() };
    let service = service_on(pair.database.clone(), replica).await;
    let trader = Trader::new();
    let three = daily(trader, "AAPL", &["10", "-4", "6"]);
    let [first, second, third] = &three[..] else { panic!("three trades") };
    service.publish(&trader.account_changed("UTC", "1000")).await;
    service.publish(&trader.trades_changed(1, vec![first.clone()], vec![])).await;

    let net_once = async |trades: u64| {
        eventually("a trade that is counted", async || {
            let summary = service.summary(trader, Filter::default()).await;
            (summary.trades == trades).then_some(summary.net_pnl)
        })
        .await
    };
    assert_eq!(net_once(1).await, "10");
    let sessions = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'analytics-replica'";
    let sessions: i64 = sqlx::query_scalar(sessions).fetch_one(&pair.replica).await.unwrap();
    assert!(sessions > 0, "nobody reads at the replica");

    pair.stand_still().await;
    service.publish(&trader.trades_changed(2, vec![second.clone()], vec![])).await;
    assert_eq!(net_once(2).await, "6");

    pair.follow().await;
    service.publish(&trader.trades_changed(3, vec![third.clone()], vec![])).await;
    assert_eq!(net_once(3).await, "12");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_read_fails_when_the_replica_dies_among_them() {
    let mut pair = replicated("analytics", &migrators()).await;
    let replica = Replica { database_replica_url: pair.replica_url.clone().into() };
    let service = Arc::new(service_on(pair.database.clone(), replica).await);
    let trader = Trader::new();
    service.publish(&trader.account_changed("UTC", "1000")).await;
    service.publish(&trader.trades_changed(1, daily(trader, "AAPL", &["10", "-4"]), vec![])).await;
    eventually("two trades", async || {
        (service.summary(trader, Filter::default()).await.trades == 2).then_some(())
    })
    .await;
    let (is_over, read) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let mut readers = JoinSet::new();
    for _ in 0..4 {
        let (service, is_over, read) = (service.clone(), is_over.clone(), read.clone());
        readers.spawn(async move {
            while !is_over.load(Ordering::Relaxed) {
                assert_eq!(service.summary(trader, Filter::default()).await.net_pnl, "6");
                read.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    let reads = async |more: usize| {
        let until = read.load(Ordering::Relaxed) + more;
        eventually("more reads", async || (read.load(Ordering::Relaxed) >= until).then_some(())).await;
    };

    reads(100).await;
    let at_replica =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'analytics-replica'";
    sqlx::query(at_replica).execute(&pair.replica).await.unwrap();
    reads(100).await;
    pair.lose_replica();
    reads(100).await;

    is_over.store(true, Ordering::Relaxed);
    while let Some(reader) = readers.join_next().await {
        reader.unwrap();
    }
}
