//! `GetBreakdown`.

use crate::support::{Trader, daily, service};
use journal_proto::analytics::v1::{BreakdownRow, Filter, GetBreakdownRequest};
use tonic::Code;

fn keys(rows: &[BreakdownRow]) -> Vec<(&str, u64, &str)> {
    rows.iter().map(|row| (row.key.as_str(), row.trades, row.net_pnl.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_dimension_adds_up_to_the_whole() {
    let (service, trader) = (service().await, Trader::new());
    service.with_account(trader, "America/New_York", "").await;
    let mut short = trader.closed("MSFT", "2026-01-09T20:59:00Z", "3", 1);
    short.side = "short".to_owned();
    service
        .with_trades(
            trader,
            vec![
                trader.closed("AAPL", "2026-01-05T14:30:00Z", "1", 1),
                trader.closed("AAPL", "2026-01-12T14:45:00Z", "-2", 1),
                short,
            ],
        )
        .await;
    let ask = async |by: &str| {
        let request = trader.ask(GetBreakdownRequest { by: by.to_owned(), ..GetBreakdownRequest::default() });
        service.client.clone().get_breakdown(request).await
    };

    let weekday = ask("weekday").await.unwrap().into_inner();
    let hour = ask("hour").await.unwrap().into_inner();
    let symbol = ask("symbol").await.unwrap().into_inner();
    let side = ask("side").await.unwrap().into_inner();

    assert_eq!(keys(&weekday.rows), [("monday", 2, "-1"), ("friday", 1, "3")]);
    assert_eq!(keys(&hour.rows), [("09", 2, "-1"), ("15", 1, "3")]);
    assert_eq!(keys(&symbol.rows), [("AAPL", 2, "-1"), ("MSFT", 1, "3")]);
    assert_eq!(keys(&side.rows), [("long", 2, "-1"), ("short", 1, "3")]);
    assert_eq!(ask("moon").await.unwrap_err().code(), Code::InvalidArgument);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_a_filter_hides_still_count_as_looked_at() {
    let (service, trader) = (service().await, Trader::new());
    let mut rows = daily(trader, "GOOD", &["10", "11", "9", "10", "12", "8"]);
    for symbol in ["A", "B", "C"] {
        rows.extend(daily(trader, symbol, &["1", "-1", "2", "-2"]));
    }
    service.with_trades(trader, rows).await;
    let ask = async |symbols: &[&str]| {
        let symbols = symbols.iter().map(|&symbol| symbol.to_owned()).collect();
        let filter = Some(Filter { symbols, ..Filter::default() });
        let request = GetBreakdownRequest { by: "symbol".to_owned(), filter, measure: None };
        service.client.clone().get_breakdown(trader.ask(request)).await.unwrap().into_inner()
    };

    let (all, one) = (ask(&[]).await, ask(&["GOOD"]).await);

    let good = all.rows.iter().find(|row| row.key == "GOOD").unwrap();
    assert_eq!((all.family, one.family, one.rows.len()), (4, 4, 1));
    assert_eq!(one.rows.first(), Some(good));
    assert!(!good.may_be_chance && good.adjusted_p.unwrap() > good.p.unwrap());
    assert!(all.rows.iter().filter(|row| row.key != "GOOD").all(|row| row.may_be_chance));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trade_stands_in_the_row_of_each_tag_and_bands_have_names() {
    let (service, trader) = (service().await, Trader::new());
    let mut rows = daily(trader, "AAPL", &["30", "-10"]);
    rows[0].tags = vec!["Gap".to_owned(), "news".to_owned()];
    rows[0].risk = "10".to_owned();
    service.with_trades(trader, rows).await;
    let ask = async |by: &str| {
        let request = trader.ask(GetBreakdownRequest { by: by.to_owned(), ..GetBreakdownRequest::default() });
        service.client.clone().get_breakdown(request).await.unwrap().into_inner()
    };

    assert_eq!(keys(&ask("tag").await.rows), [("gap", 1, "30"), ("news", 1, "30"), ("none", 1, "-10")]);
    assert_eq!(keys(&ask("hold_time").await.rows), [("1m-5m", 2, "20")]);
    assert_eq!(keys(&ask("size").await.rows), [("1-10", 2, "20")]);
    assert_eq!(keys(&ask("price").await.rows), [("100-200", 2, "20")]);
    assert_eq!(keys(&ask("month").await.rows), [("01", 2, "20")]);
    assert_eq!(keys(&ask("asset_class").await.rows), [("none", 2, "20")]);
    assert_eq!(keys(&ask("account").await.rows), [(trader.account.to_string().as_str(), 2, "20")]);
    assert_eq!(keys(&ask("r_multiple").await.rows), [(">=3R", 1, "30"), ("none", 1, "-10")]);
    let outcome = ask("outcome").await;
    assert_eq!(keys(&outcome.rows), [("win", 1, "30"), ("loss", 1, "-10")]);
    assert!(outcome.rows.iter().all(|row| row.p.is_none() && !row.may_be_chance));
}
