//! `GetEquity`.

use crate::support::{Trader, service};
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
        .get_equity(trader.ask(GetEquityRequest { filter: None }))
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
