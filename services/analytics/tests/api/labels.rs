//! Breakdowns and filters by what a trade is labelled with: playbook, rating, mistakes.

use crate::support::{Service, Trader, daily, service};
use journal_proto::analytics::v1::{Breakdown, BreakdownRow, Filter, GetBreakdownRequest};
use journal_proto::trades::v1::{Trade, TradeJournaled, TradeLabels};
use testing::eventually;
use tonic::{Code, Status};
use uuid::Uuid;

fn list(values: &[&str]) -> Vec<String> {
    values.iter().map(|&value| value.to_owned()).collect()
}

async fn by(service: &Service, trader: Trader, by: &str, filter: Filter) -> Result<Breakdown, Status> {
    let request = GetBreakdownRequest { by: by.to_owned(), filter: Some(filter), measure: None };
    Ok(service.client.clone().get_breakdown(trader.ask(request)).await?.into_inner())
}

fn keys(rows: &[BreakdownRow]) -> Vec<(&str, u64, &str)> {
    rows.iter().map(|row| (row.key.as_str(), row.trades, row.net_pnl.as_str())).collect()
}

/// 30 and -10 by a playbook, -5 and 8 without one.
fn labelled(trader: Trader, playbook: &str) -> Vec<Trade> {
    let label = |trade: Trade, playbook: &str, rating: u32, mistakes: &[&str]| Trade {
        playbook_id: playbook.to_owned(),
        rating,
        mistakes: list(mistakes),
        ..trade
    };
    let mut days = daily(trader, "AAPL", &["30", "-10", "-5", "8"]).into_iter();
    let mut next = || days.next().unwrap();
    vec![
        label(next(), playbook, 5, &[]),
        label(next(), playbook, 2, &["No stop", "late"]),
        label(next(), "", 2, &["LATE"]),
        next(),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trade_stands_in_the_row_of_its_playbook_its_rating_and_each_mistake() {
    let (service, trader, other) = (service().await, Trader::new(), Trader::new());
    let playbook = Uuid::now_v7().to_string();
    service.with_trades(trader, labelled(trader, &playbook)).await;
    service.with_trades(other, daily(other, "AAPL", &["100"])).await;

    let ask = async |dimension: &str| by(&service, trader, dimension, Filter::default()).await.unwrap();

    let playbooks = ask("playbook").await;
    assert_eq!(keys(&playbooks.rows), [(playbook.as_str(), 2, "20"), ("none", 2, "3")]);
    let ratings = ask("rating").await;
    assert_eq!(keys(&ratings.rows), [("2", 2, "-15"), ("5", 1, "30"), ("none", 1, "8")]);
    assert!(!playbooks.rows_overlap && !ratings.rows_overlap);
    let mistakes = ask("mistake").await;
    assert_eq!(keys(&mistakes.rows), [("late", 2, "-15"), ("no stop", 1, "-10"), ("none", 2, "38")]);
    // -10 is in two rows: they come to 13 - 10.
    assert!(mistakes.rows_overlap && ask("tag").await.rows_overlap);
    let none = mistakes.rows.last().unwrap();
    assert_eq!(none.win_rate.as_ref().map(|rate| (rate.value, rate.n)), Some((1.0, 2)));
    assert_eq!(none.expectancy.as_ref().map(|each| (each.amount.as_str(), each.n)), Some(("19", 2)));
    assert_eq!((mistakes.family, mistakes.coverage.unwrap().measured), (3, 4));
    let theirs = by(&service, other, "playbook", Filter::default()).await.unwrap();
    assert_eq!(keys(&theirs.rows), [("none", 1, "100")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_label_selects_its_trades_and_rows_that_it_hides_count_as_looked_at() {
    let (service, trader) = (service().await, Trader::new());
    let playbook = Uuid::now_v7().to_string();
    service.with_trades(trader, labelled(trader, &playbook)).await;

    let any = Filter::default;
    for (filter, net, trades) in [
        (Filter { mistakes: list(&["Late"]), ..any() }, "-15", 2),
        (Filter { mistakes: list(&["NO STOP", "other"]), ..any() }, "-10", 1),
        (Filter { ratings: vec![5], ..any() }, "30", 1),
        (Filter { ratings: vec![1, 2], ..any() }, "-15", 2),
        (Filter { playbook_ids: list(&[&playbook]), ..any() }, "20", 2),
        (Filter { playbook_ids: list(&[&Uuid::now_v7().to_string()]), ..any() }, "0", 0),
        (Filter { playbook_ids: list(&[&playbook]), ratings: vec![2], ..any() }, "-10", 1),
    ] {
        let summary = service.summary(trader, filter.clone()).await;
        assert_eq!((summary.net_pnl.as_str(), summary.trades), (net, trades), "{filter:?}");
    }
    for (dimension, filter, shown, family) in [
        ("rating", Filter { ratings: vec![5], ..any() }, 1, 3),
        ("playbook", Filter { playbook_ids: list(&[&playbook]), ..any() }, 1, 2),
        // The trade that was late had no stop either: its other row stays.
        ("mistake", Filter { mistakes: list(&["late"]), ..any() }, 2, 3),
    ] {
        let breakdown = by(&service, trader, dimension, filter).await.unwrap();
        assert_eq!((breakdown.rows.len(), breakdown.family), (shown, family), "{dimension}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_labels_count_and_those_that_nobody_told_are_asked_for() {
    let (service, trader) = (service().await, Trader::new());
    let trade = trader.closed("AAPL", "2026-01-05T15:00:00Z", "1", 1);
    let entry = |version: i64, labels: Option<u32>| TradeJournaled {
        user_id: trader.user.to_string(),
        account_id: trader.account.to_string(),
        trade_id: trade.id.clone(),
        journal_version: version,
        labels: labels.map(|rating| TradeLabels { rating, ..TradeLabels::default() }),
        ..TradeJournaled::default()
    };
    let rated = async || {
        let ratings = by(&service, trader, "rating", Filter::default()).await?;
        Ok::<String, Status>(ratings.rows.first().map(|row| row.key.clone()).unwrap_or_default())
    };
    let version = async |version: i64| {
        eventually("the entry", async || {
            let kept: Vec<i64> = sqlx::query_scalar("SELECT journal_version FROM trades")
                .fetch_all(&service.database.every_row)
                .await
                .unwrap();
            (kept == [version]).then_some(())
        })
        .await;
    };

    service.publish(&entry(1, Some(3))).await;
    version(1).await;
    service.with_trades(trader, vec![trade.clone()]).await;
    assert_eq!(rated().await.unwrap(), "3");
    service.publish(&entry(2, Some(4))).await;
    service.publish(&entry(1, Some(3))).await;
    eventually("the newer rating", async || (rated().await.unwrap() == "4").then_some(())).await;

    // Written by a release that does not tell labels: this one asks the trades service, which is not there.
    service.publish(&entry(3, None)).await;
    version(3).await;
    assert_eq!(rated().await.unwrap_err().code(), Code::Unavailable);
    let rated_four = Filter { ratings: vec![4], ..Filter::default() };
    assert_eq!(by(&service, trader, "side", rated_four).await.unwrap_err().code(), Code::Unavailable);
    assert_eq!(
        keys(&by(&service, trader, "side", Filter::default()).await.unwrap().rows),
        [("long", 1, "1")]
    );

    // The same entry again, with labels: what was missing is there.
    service.publish(&entry(3, Some(5))).await;
    eventually("the labels", async || (rated().await.ok()? == "5").then_some(())).await;
}
