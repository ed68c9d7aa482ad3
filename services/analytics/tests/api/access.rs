//! Who may ask, and what they see.

use crate::support::{Trader, service};
use identity::Issuer;
use journal_proto::analytics::v1::{Filter, GetSummaryRequest, RebuildStatisticsRequest};
use runtime::Clock;
use testing::with_bearer;
use tonic::{Code, Request};

#[tokio::test(flavor = "multi_thread")]
async fn without_a_valid_token_nothing_is_answered() {
    let (service, trader) = (service().await, Trader::new());
    let foreign = Issuer::from_pem(&Issuer::generate_pem().unwrap(), Clock::system()).unwrap();
    let (forged, _) = foreign.issue(trader.user, identity::SessionId(trader.account)).unwrap();
    let mut claimed = Request::new(GetSummaryRequest::default());
    claimed.metadata_mut().insert("x-user-id", trader.user.to_string().parse().unwrap());

    for request in [
        Request::new(GetSummaryRequest::default()),
        claimed,
        with_bearer(GetSummaryRequest::default(), &forged),
    ] {
        let refused = service.client.clone().get_summary(request).await.unwrap_err();
        assert_eq!(refused.code(), Code::Unauthenticated);
    }
    let refused = service.client.clone().rebuild_statistics(RebuildStatisticsRequest {}).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unauthenticated);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_users_account_selects_nothing() {
    let (service, owner, other) = (service().await, Trader::new(), Trader::new());
    service.with_trades(owner, vec![owner.closed("AAPL", "2026-01-05T15:00:00Z", "20", 1)]).await;

    let filter = Filter { account_ids: vec![owner.account.to_string()], ..Filter::default() };

    assert_eq!(service.summary(owner, filter.clone()).await.trades, 1);
    assert_eq!(service.summary(other, filter).await.trades, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_without_the_trades_service_says_so_and_keeps_what_is_there() {
    let (service, trader) = (service().await, Trader::new());
    service.with_trades(trader, vec![trader.closed("AAPL", "2026-01-05T15:00:00Z", "20", 1)]).await;

    let failed =
        service.client.clone().rebuild_statistics(trader.ask(RebuildStatisticsRequest {})).await.unwrap_err();

    assert_eq!(failed.code(), Code::Unavailable);
    assert_eq!(service.summary(trader, Filter::default()).await.trades, 1);
}
