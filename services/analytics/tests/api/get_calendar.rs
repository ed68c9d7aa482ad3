//! `GetCalendar`.

use crate::support::{Trader, service};
use journal_proto::analytics::v1::GetCalendarRequest;

#[tokio::test(flavor = "multi_thread")]
async fn days_are_those_of_the_accounts_clock() {
    let (service, trader) = (service().await, Trader::new());
    service.with_account(trader, "America/New_York", "").await;
    service
        .with_trades(
            trader,
            vec![
                // 23:30 on the 5th in New York.
                trader.closed("AAPL", "2026-01-06T04:30:00Z", "10", 1),
                trader.closed("AAPL", "2026-01-06T15:00:00Z", "-4", 1),
            ],
        )
        .await;

    let calendar = service
        .client
        .clone()
        .get_calendar(trader.ask(GetCalendarRequest::default()))
        .await
        .unwrap()
        .into_inner();

    let days: Vec<(&str, &str, u64, u64)> =
        calendar.days.iter().map(|d| (d.day.as_str(), d.net_pnl.as_str(), d.wins, d.losses)).collect();
    assert_eq!(days, [("2026-01-05", "10", 1, 0), ("2026-01-06", "-4", 0, 1)]);
}
