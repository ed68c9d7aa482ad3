//! Changes accounts.

use crate::support::{Journal, User, assert_field, reason};
use journal_proto::trades::v1::{Account, UpdateAccountRequest};
use tonic::{Code, Status};

async fn update(user: &User, request: UpdateAccountRequest) -> Result<Account, Status> {
    Ok(user.client.clone().update_account(user.request(request)).await?.into_inner())
}

fn change(account: &Account) -> UpdateAccountRequest {
    UpdateAccountRequest { account_id: account.id.clone(), ..UpdateAccountRequest::default() }
}

#[tokio::test]
async fn what_is_named_changes_and_the_rest_stays() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let request = UpdateAccountRequest {
        name: Some("Futures".to_owned()),
        opening_balance: Some("100.10".to_owned()),
        ..change(&account)
    };
    let changed = update(&user, request).await.unwrap();

    let expected = Account {
        name: "Futures".to_owned(),
        opening_balance: "100.1".to_owned(),
        version: 2,
        ..account.clone()
    };
    assert_eq!(changed, expected);
    let cleared = UpdateAccountRequest { opening_balance: Some(String::new()), ..change(&account) };
    assert_eq!(update(&user, cleared).await.unwrap().opening_balance, "");
}

#[tokio::test]
async fn a_change_that_changes_nothing_keeps_the_version_and_tells_nobody() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let same = UpdateAccountRequest { name: Some("Main".to_owned()), ..change(&account) };

    assert_eq!(update(&user, same).await.unwrap().version, 1);
    assert_eq!(journal.count("SELECT count(*) FROM outbox").await, 1);
}

#[tokio::test]
async fn a_taken_name_and_malformed_fields_are_refused() {
    let journal = Journal::start().await;
    let user = journal.user();
    let (account, other) = (user.account("Main").await, user.account("Other").await);

    let taken = UpdateAccountRequest { name: Some(other.name), ..change(&account) };
    let taken = update(&user, taken).await.unwrap_err();
    assert_eq!((taken.code(), reason(&taken).as_str()), (Code::AlreadyExists, "account-name-taken"));

    let zone = UpdateAccountRequest { time_zone: Some("EST5EDT4".to_owned()), ..change(&account) };
    assert_field(&update(&user, zone).await.unwrap_err(), "time_zone");
    let name = UpdateAccountRequest { name: Some(String::new()), ..change(&account) };
    assert_field(&update(&user, name).await.unwrap_err(), "name");
}
