//! What filters select, the same for every call.

use crate::support::{Trader, service};
use journal_proto::analytics::v1::Filter;
use journal_proto::trades::v1::{Trade, TradeJournaled};
use testing::eventually;

fn list(values: &[&str]) -> Vec<String> {
    values.iter().map(|&value| value.to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_field_selects_its_trades() {
    let (service, trader) = (service().await, Trader::new());
    service.with_account(trader, "America/New_York", "").await;
    let first = Trade {
        asset_class: "stock".to_owned(),
        tags: list(&["Breakout"]),
        notes: "Chased the OPEN".to_owned(),
        ..trader.closed("AAPL", "2026-01-05T14:45:00Z", "1", 1)
    };
    let second = Trade {
        asset_class: "future".to_owned(),
        entry_quantity: "10".to_owned(),
        average_entry: "5000".to_owned(),
        opened_at: Some(journal_proto::Timestamp { seconds: 1_770_000_000, nanos: 0 }),
        ..trader.closed("ES", "2026-02-03T20:00:00Z", "-2", 1)
    };
    let third = trader.closed("MSFT", "2026-02-06T15:00:00Z", "0", 1);
    service.with_trades(trader, vec![first, second, third]).await;

    let any = Filter::default;
    for (filter, net, trades) in [
        (Filter { symbols: list(&["AAPL", "ES"]), ..any() }, "-1", 2),
        (Filter { account_ids: list(&[&trader.account.to_string()]), ..any() }, "-1", 3),
        (Filter { asset_classes: list(&["future"]), ..any() }, "-2", 1),
        (Filter { tags: list(&["breakOUT", "other"]), ..any() }, "1", 1),
        (Filter { outcomes: list(&["win", "scratch"]), ..any() }, "1", 2),
        (Filter { hours: vec![9], ..any() }, "1", 1),
        (Filter { weekdays: list(&["tuesday"]), ..any() }, "-2", 1),
        (Filter { months: vec![2], ..any() }, "-2", 2),
        (Filter { min_hold_seconds: Some(61), ..any() }, "-2", 1),
        (Filter { max_hold_seconds: Some(61), ..any() }, "1", 2),
        (Filter { min_size: "10".to_owned(), ..any() }, "-2", 1),
        (Filter { max_size: "10".to_owned(), ..any() }, "1", 2),
        (Filter { min_price: "100.5".to_owned(), ..any() }, "-2", 1),
        (Filter { text: "the open".to_owned(), ..any() }, "1", 1),
        (Filter { text: "breakout".to_owned(), ..any() }, "1", 1),
        (Filter { text: "100%_".to_owned(), ..any() }, "0", 0),
        (Filter { symbols: list(&["NONE"]), ..any() }, "0", 0),
    ] {
        let summary = service.summary(trader, filter.clone()).await;
        assert_eq!((summary.net_pnl.as_str(), summary.trades), (net, trades), "{filter:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_entry_counts_whether_it_comes_before_or_after_its_trade() {
    let (service, trader) = (service().await, Trader::new());
    let trade = trader.closed("AAPL", "2026-01-05T15:00:00Z", "1", 1);
    let entry = |version: i64, tag: &str| TradeJournaled {
        user_id: trader.user.to_string(),
        account_id: trader.account.to_string(),
        trade_id: trade.id.clone(),
        journal_version: version,
        tags: list(&[tag]),
        ..TradeJournaled::default()
    };
    let tagged = async |tag: &str| {
        service.summary(trader, Filter { tags: list(&[tag]), ..Filter::default() }).await.trades
    };

    service.publish(&entry(2, "gap")).await;
    eventually("the entry", async || {
        let entries: i64 = sqlx::query_scalar("SELECT count(*) FROM trades WHERE journal_version = 2")
            .fetch_one(&service.database.every_row)
            .await
            .unwrap();
        (entries == 1).then_some(())
    })
    .await;
    assert_eq!(tagged("gap").await, 0);
    service.with_trades(trader, vec![trade.clone()]).await;
    assert_eq!(tagged("gap").await, 1);
    service.publish(&entry(3, "news")).await;
    eventually("the newer entry", async || (tagged("news").await == 1).then_some(())).await;
    service.publish(&entry(1, "late")).await;
    let money = Trade { net_pnl: "5".to_owned(), version: 2, ..trade.clone() };
    service.publish(&trader.trades_changed(2, vec![money], Vec::new())).await;
    eventually("the money", async || {
        (service.summary(trader, Filter::default()).await.net_pnl == "5").then_some(())
    })
    .await;

    assert_eq!((tagged("news").await, tagged("gap").await), (1, 0));
}
