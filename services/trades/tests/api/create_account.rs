//! Creates accounts.

use crate::support::{Journal, assert_field, reason};
use journal_proto::trades::v1::CreateAccountRequest;
use tonic::Code;

fn request() -> CreateAccountRequest {
    CreateAccountRequest {
        name: "Main".to_owned(),
        broker: "Tradovate".to_owned(),
        currency: "USD".to_owned(),
        time_zone: "America/Chicago".to_owned(),
        matching: "fifo".to_owned(),
        opening_balance: "25000.50".to_owned(),
        session_calendar: "cme".to_owned(),
    }
}

#[tokio::test]
async fn an_account_is_created_and_announced() {
    let journal = Journal::start().await;
    let user = journal.user();

    let created = user.client.clone().create_account(user.request(request())).await.unwrap().into_inner();

    assert_eq!((created.name.as_str(), created.broker.as_str()), ("Main", "Tradovate"));
    assert_eq!((created.currency.as_str(), created.time_zone.as_str()), ("USD", "America/Chicago"));
    assert_eq!((created.matching.as_str(), created.opening_balance.as_str()), ("fifo", "25000.5"));
    assert_eq!((created.session_calendar.as_str(), created.version), ("cme", 1));
    let announced = journal
        .count("SELECT count(*) FROM outbox WHERE routing_key = 'journal.trades.v1.AccountChanged'")
        .await;
    assert_eq!(announced, 1);
}

#[tokio::test]
async fn a_name_is_taken_once_for_each_user() {
    let journal = Journal::start().await;
    let (user, other) = (journal.user(), journal.user());
    user.account("Main").await;

    let again = user.client.clone().create_account(user.request(request())).await.unwrap_err();

    assert_eq!((again.code(), reason(&again).as_str()), (Code::AlreadyExists, "account-name-taken"));
    other.account("Main").await;
}

#[tokio::test]
async fn of_many_at_once_with_one_name_one_is_created() {
    let journal = Journal::start().await;
    let user = journal.user();

    let attempts = (0..10).map(|_| {
        let user = user.clone();
        async move { user.client.clone().create_account(user.request(request())).await.is_ok() }
    });
    let created =
        futures_util::future::join_all(attempts).await.into_iter().filter(|created| *created).count();

    assert_eq!(created, 1);
}

#[tokio::test]
async fn malformed_fields_are_named() {
    let journal = Journal::start().await;
    let user = journal.user();

    let cases = [
        ("name", CreateAccountRequest { name: " ".to_owned(), ..request() }),
        ("name", CreateAccountRequest { name: "a\0b".to_owned(), ..request() }),
        ("name", CreateAccountRequest { name: "x".repeat(101), ..request() }),
        ("broker", CreateAccountRequest { broker: "\0".to_owned(), ..request() }),
        ("currency", CreateAccountRequest { currency: "dollars".to_owned(), ..request() }),
        ("time_zone", CreateAccountRequest { time_zone: "Mars/Olympus".to_owned(), ..request() }),
        ("matching", CreateAccountRequest { matching: "hifo".to_owned(), ..request() }),
        ("session_calendar", CreateAccountRequest { session_calendar: "CME".to_owned(), ..request() }),
        ("opening_balance", CreateAccountRequest { opening_balance: "NaN".to_owned(), ..request() }),
    ];
    for (field, request) in cases {
        let refused = user.client.clone().create_account(user.request(request)).await.unwrap_err();
        assert_field(&refused, field);
    }
    assert_eq!(journal.count("SELECT count(*) FROM accounts").await, 0);
}
