//! Statistics are read at a replica of the database.

use crate::support::{Trader, daily, service_on};
use analytics::migrators;
use journal_proto::analytics::v1::Filter;
use runtime::settings::Replica;
use testing::{eventually, replicated};

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
