//! No call without a valid access token.

use crate::support::Journal;
use identity::{Issuer, SessionId, UserId};
use journal_proto::trades::v1::{
    CreateImportRequest, ExportTradesRequest, ListAccountsRequest, ListFormatsRequest, ListTradesRequest,
};
use runtime::Clock;
use testing::with_bearer;
use tonic::{Code, Request};
use uuid::Uuid;

#[tokio::test]
async fn a_missing_token_opens_nothing() {
    let journal = Journal::start().await;
    let mut client = journal.client();

    let refusals = [
        client.list_accounts(ListAccountsRequest {}).await.unwrap_err(),
        client.list_formats(ListFormatsRequest {}).await.unwrap_err(),
        client.list_trades(ListTradesRequest::default()).await.unwrap_err(),
        client.create_import(tokio_stream::iter([CreateImportRequest::default()])).await.unwrap_err(),
        client.export_trades(ExportTradesRequest {}).await.unwrap_err(),
    ];

    assert!(refusals.iter().all(|status| status.code() == Code::Unauthenticated), "{refusals:?}");
}

#[tokio::test]
async fn a_forged_token_and_a_claimed_user_id_open_nothing() {
    let journal = Journal::start().await;
    let user = journal.user();
    user.account("Main").await;
    let stranger = Issuer::from_pem(&Issuer::generate_pem().unwrap(), Clock::system()).unwrap();
    let (forged, _) = stranger.issue(user.id, SessionId(Uuid::now_v7())).unwrap();
    let mut altered = user.token.clone();
    altered.replace_range(altered.len() - 8.., "AAAAAAAA");

    for token in [forged, altered, "x".to_owned()] {
        let refused = journal.client().list_accounts(with_bearer(ListAccountsRequest {}, &token)).await;
        assert_eq!(refused.unwrap_err().code(), Code::Unauthenticated);
    }
    let mut claimed = Request::new(ListAccountsRequest {});
    claimed.metadata_mut().insert("x-user-id", user.id.to_string().parse().unwrap());
    assert_eq!(journal.client().list_accounts(claimed).await.unwrap_err().code(), Code::Unauthenticated);
}

#[tokio::test]
async fn a_valid_token_of_somebody_new_sees_an_empty_journal() {
    let journal = Journal::start().await;
    journal.user().account("Main").await;

    let token = testing::token(UserId(Uuid::now_v7()));
    let listed = journal.client().list_accounts(with_bearer(ListAccountsRequest {}, &token)).await.unwrap();

    assert!(listed.into_inner().accounts.is_empty());
}
