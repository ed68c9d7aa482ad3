//! Changes accounts.

use crate::support::{Journal, User, assert_field, csv, reason};
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
        session_calendar: Some("us-equities".to_owned()),
        ..change(&account)
    };
    let changed = update(&user, request).await.unwrap();

    let expected = Account {
        name: "Futures".to_owned(),
        opening_balance: "100.1".to_owned(),
        session_calendar: "us-equities".to_owned(),
        version: 2,
        ..account.clone()
    };
    assert_eq!(changed, expected);
    let cleared = UpdateAccountRequest { opening_balance: Some(String::new()), ..change(&account) };
    assert_eq!(update(&user, cleared).await.unwrap().opening_balance, "");
    let moon = UpdateAccountRequest { session_calendar: Some("moon".to_owned()), ..change(&account) };
    assert_field(&update(&user, moon).await.unwrap_err(), "session_calendar");
    let none = UpdateAccountRequest { session_calendar: Some(String::new()), ..change(&account) };
    let expected =
        Account { opening_balance: String::new(), session_calendar: String::new(), version: 4, ..expected };
    assert_eq!(update(&user, none).await.unwrap(), expected);
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

#[tokio::test]
async fn another_method_matches_what_is_open_again_and_leaves_closed_trades_alone() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let rows = [
        "a,1,X,buy,1,100,1",
        "b,2,X,sell,1,101,1",
        "c,3,X,buy,1,10,0",
        "d,4,X,buy,2,11,0",
        "e,5,X,sell,1,12,0",
    ];
    user.imported(&account, csv(rows)).await;
    let closed = user.trades().await.remove(0);

    let mut told = Vec::new();
    for matching in ["lifo", "average", "fifo"] {
        let request = UpdateAccountRequest { matching: Some(matching.to_owned()), ..change(&account) };
        assert_eq!(update(&user, request).await.unwrap().matching, matching);
        let trades = user.trades().await;
        assert_eq!(trades[0], closed);
        let legs = user.trade(&trades[1].id).await.unwrap().legs;
        told.push((trades[1].gross_pnl.clone(), legs[0].open_price.clone(), trades[1].version));
    }

    let expected = [("1", "11", 2), ("1.333333333333333333", "10.666666666666666667", 3), ("2", "10", 4)];
    assert_eq!(told, expected.map(|(gross, price, version)| (gross.to_owned(), price.to_owned(), version)));
    let announced = "SELECT count(*) FROM outbox WHERE routing_key = 'journal.trades.v1.TradesChanged'";
    assert_eq!(journal.count(announced).await, 4);
}

#[tokio::test]
async fn a_method_that_is_none_is_refused() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    for wrong in ["", "hifo", "FIFO"] {
        let request = UpdateAccountRequest { matching: Some(wrong.to_owned()), ..change(&account) };
        assert_field(&update(&user, request).await.unwrap_err(), "matching");
    }
}
