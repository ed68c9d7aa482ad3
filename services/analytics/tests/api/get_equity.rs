//! `GetEquity`.

use crate::support::{Trader, daily, field_at_fault, service};
use journal_proto::analytics::v1::GetEquityRequest;

#[tokio::test(flavor = "multi_thread")]
async fn the_curve_adds_up_by_day() {
    let (service, trader) = (service().await, Trader::new());
    service
        .with_trades(
            trader,
            vec![
                trader.closed("AAPL", "2026-01-05T15:00:00Z", "10.5", 1),
                trader.closed("AAPL", "2026-01-05T16:00:00Z", "-0.5", 1),
                trader.closed("AAPL", "2026-01-07T15:00:00Z", "-30", 1),
            ],
        )
        .await;

    let equity = service
        .client
        .clone()
        .get_equity(trader.ask(GetEquityRequest::default()))
        .await
        .unwrap()
        .into_inner();

    let points: Vec<(&str, &str, &str, &str, u64)> = equity
        .points
        .iter()
        .map(|p| {
            (p.day.as_str(), p.net_pnl.as_str(), p.cumulative_net_pnl.as_str(), p.drawdown.as_str(), p.trades)
        })
        .collect();
    assert_eq!(points, [("2026-01-05", "10", "10", "0", 2), ("2026-01-07", "-30", "-20", "30", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_an_opening_balance_there_is_equity_and_an_index() {
    let (service, trader) = (service().await, Trader::new());
    service.with_account(trader, "UTC", "1000").await;
    service.with_trades(trader, daily(trader, "AAPL", &["100", "-50", "25"])).await;
    let ask = async |points: u32| {
        let request = trader.ask(GetEquityRequest { points, ..GetEquityRequest::default() });
        service.client.clone().get_equity(request).await.map(tonic::Response::into_inner)
    };

    let equity = ask(0).await.unwrap();

    assert_eq!((equity.opening_balance.as_deref(), equity.days), (Some("1000"), 3));
    let last = equity.points.last().unwrap();
    assert_eq!((last.equity.as_deref(), last.twr_index), (Some("1075"), Some(1.075)));
    assert_eq!(field_at_fault(&ask(3).await.unwrap_err()), "points");
    assert_eq!(field_at_fault(&ask(5_001).await.unwrap_err()), "points");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_trades_there_are_no_points() {
    let (service, trader) = (service().await, Trader::new());

    let request = trader.ask(GetEquityRequest { points: 10, ..GetEquityRequest::default() });
    let equity = service.client.clone().get_equity(request).await.unwrap().into_inner();

    assert!(equity.points.is_empty());
    assert_eq!(equity.notes[0].code, "no-opening-equity");
}
