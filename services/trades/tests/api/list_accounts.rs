//! Lists accounts.

use crate::support::Journal;
use journal_proto::trades::v1::ListAccountsRequest;

#[tokio::test]
async fn the_callers_own_accounts_are_listed_oldest_first() {
    let journal = Journal::start().await;
    let (user, other) = (journal.user(), journal.user());
    user.account("First").await;
    user.account("Second").await;
    other.account("Theirs").await;

    let listed = user.client.clone().list_accounts(user.request(ListAccountsRequest {})).await.unwrap();

    let names: Vec<String> = listed.into_inner().accounts.into_iter().map(|account| account.name).collect();
    assert_eq!(names, ["First", "Second"]);
}
