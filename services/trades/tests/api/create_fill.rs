//! Enters fills by hand.

use crate::support::{Journal, User, assert_field, assert_not_found, csv, reason, time_of};
use journal_proto::trades::v1::{Account, CreateFillRequest, Fill};
use tonic::{Code, Status};

pub async fn create(user: &User, request: CreateFillRequest) -> Result<Fill, Status> {
    Ok(user.client.clone().create_fill(user.request(request)).await?.into_inner())
}

pub fn request(account: &Account) -> CreateFillRequest {
    CreateFillRequest {
        account_id: account.id.clone(),
        symbol: "X".to_owned(),
        side: "buy".to_owned(),
        quantity: "10".to_owned(),
        price: "100".to_owned(),
        executed_at: Some(time_of(0)),
        ..CreateFillRequest::default()
    }
}

#[tokio::test]
async fn an_opening_lot_turns_a_phantom_short_into_the_close_that_it_was() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,5,X,sell,10,120,1"])).await;
    assert_eq!(user.trades().await[0].side, "short");

    let opening = CreateFillRequest { kind: "opening".to_owned(), ..request(&account) };
    let lot = create(&user, opening).await.unwrap();

    assert_eq!(
        (lot.time_source.as_str(), lot.import_id.as_str(), lot.multiplier.as_str()),
        ("opening", "", "1")
    );
    let trades = user.trades().await;
    let told: Vec<_> =
        trades.iter().map(|t| (t.side.as_str(), t.status.as_str(), t.net_pnl.as_str())).collect();
    assert_eq!(told, [("long", "closed", "199")]);
}

#[tokio::test]
async fn an_execution_that_is_known_is_not_entered_twice() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,5,X,sell,10,120,1"])).await;

    let again = CreateFillRequest { execution_id: "a".to_owned(), ..request(&account) };
    let refused = create(&user, again).await.unwrap_err();

    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::AlreadyExists, "execution-known"));
}

#[tokio::test]
async fn malformed_fields_are_named_and_other_peoples_accounts_are_not_there() {
    let journal = Journal::start().await;
    let (user, other) = (journal.user(), journal.user());
    let account = user.account("Main").await;

    let cases = [
        ("kind", CreateFillRequest { kind: "lot".to_owned(), ..request(&account) }),
        ("side", CreateFillRequest { side: "long".to_owned(), ..request(&account) }),
        ("quantity", CreateFillRequest { quantity: "0".to_owned(), ..request(&account) }),
        ("price", CreateFillRequest { price: "1,5".to_owned(), ..request(&account) }),
        ("multiplier", CreateFillRequest { multiplier: "-1".to_owned(), ..request(&account) }),
        ("symbol", CreateFillRequest { symbol: " ".to_owned(), ..request(&account) }),
        ("executed_at", CreateFillRequest { executed_at: None, ..request(&account) }),
        ("asset_class", CreateFillRequest { asset_class: "shares".to_owned(), ..request(&account) }),
    ];
    for (field, request) in cases {
        assert_field(&create(&user, request).await.unwrap_err(), field);
    }
    assert_not_found(&create(&other, request(&account)).await.unwrap_err(), "account");
    assert_eq!(journal.count("SELECT count(*) FROM fills").await, 0);
}

#[tokio::test]
async fn numbers_beyond_exact_arithmetic_are_refused_and_leave_nothing() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let large = "9".repeat(60);
    let fill = |side: &str, price: &str, minute| CreateFillRequest {
        side: side.to_owned(),
        quantity: large.clone(),
        price: price.to_owned(),
        executed_at: Some(time_of(minute)),
        ..request(&account)
    };
    create(&user, fill("buy", &large, 1)).await.unwrap();

    let refused = create(&user, fill("sell", "0", 2)).await.unwrap_err();

    assert_eq!(
        (refused.code(), reason(&refused).as_str()),
        (Code::FailedPrecondition, "beyond-exact-numbers")
    );
    assert_eq!(journal.count("SELECT count(*) FROM fills").await, 1);
}
