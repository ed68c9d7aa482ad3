//! `GetBreakdown`.

use crate::support::{Trader, service};
use journal_proto::analytics::v1::{BreakdownRow, GetBreakdownRequest};
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
        let request = trader.ask(GetBreakdownRequest { filter: None, by: by.to_owned() });
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
