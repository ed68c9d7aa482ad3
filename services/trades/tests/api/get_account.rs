//! Shows one account.

use crate::support::{Journal, assert_field};
use journal_proto::trades::v1::GetAccountRequest;

#[tokio::test]
async fn an_account_is_shown_as_it_was_created() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let request = user.request(GetAccountRequest { account_id: account.id.clone() });
    let shown = user.client.clone().get_account(request).await.unwrap().into_inner();

    assert_eq!(shown, account);
}

#[tokio::test]
async fn an_id_that_is_none_is_named() {
    let journal = Journal::start().await;
    let user = journal.user();

    for id in ["", "main", "\0", "0190-"] {
        let request = user.request(GetAccountRequest { account_id: id.to_owned() });
        assert_field(&user.client.clone().get_account(request).await.unwrap_err(), "account_id");
    }
}
