//! Enters cash by hand and lists it.

use crate::support::{Journal, User, assert_field, assert_not_found, csv, page, time_of};
use journal_proto::trades::v1::{Account, CashEntry, CreateCashRequest, ListCashRequest, ListCashResponse};
use tonic::Status;

async fn create(user: &User, request: CreateCashRequest) -> Result<CashEntry, Status> {
    Ok(user.client.clone().create_cash(user.request(request)).await?.into_inner())
}

async fn list(user: &User, request: ListCashRequest) -> Result<ListCashResponse, Status> {
    Ok(user.client.clone().list_cash(user.request(request)).await?.into_inner())
}

fn cash(account: &Account, kind: &str, amount: &str, minute: i64) -> CreateCashRequest {
    CreateCashRequest {
        account_id: account.id.clone(),
        kind: kind.to_owned(),
        amount: amount.to_owned(),
        booked_at: Some(time_of(minute)),
        ..CreateCashRequest::default()
    }
}

#[tokio::test]
async fn a_dividend_belongs_to_the_trade_that_was_open() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,1,X,buy,10,100,1", "b,9,X,sell,10,110,1"])).await;

    for minute in [0, 5, 10] {
        let dividend =
            CreateCashRequest { symbol: "X".to_owned(), ..cash(&account, "dividend", "7.50", minute) };
        let entry = create(&user, dividend).await.unwrap();
        assert_eq!((entry.amount.as_str(), entry.currency.as_str()), ("7.5", "USD"));
    }

    let trade = user.trades().await.remove(0);
    assert_eq!(
        (trade.gross_pnl.as_str(), trade.other.as_str(), trade.net_pnl.as_str()),
        ("100", "7.5", "105.5")
    );
    let events = user.trade(&trade.id).await.unwrap().events;
    let told: Vec<_> = events.iter().map(|e| (e.kind.as_str(), e.what.as_str(), e.amount.as_str())).collect();
    assert_eq!(told, [("cash", "dividend", "7.5")]);
}

#[tokio::test]
async fn cash_is_listed_page_by_page_newest_first() {
    let journal = Journal::start().await;
    let user = journal.user();
    let (account, other) = (user.account("Main").await, user.account("Other").await);
    for minute in 0..5 {
        create(&user, cash(&account, "deposit", &minute.to_string(), minute)).await.unwrap();
    }
    create(&user, cash(&account, "fee", "-1", 9)).await.unwrap();
    create(&user, cash(&other, "deposit", "1", 9)).await.unwrap();
    let deposits = |cursor: &str| ListCashRequest {
        account_id: account.id.clone(),
        kind: "deposit".to_owned(),
        page: Some(page(3, cursor)),
        ..ListCashRequest::default()
    };

    let first = list(&user, deposits("")).await.unwrap();
    let second = list(&user, deposits(&first.next_cursor)).await.unwrap();

    let amounts: Vec<_> =
        first.entries.iter().chain(&second.entries).map(|entry| entry.amount.as_str()).collect();
    assert_eq!((amounts.as_slice(), second.next_cursor.as_str()), (["4", "3", "2", "1", "0"].as_slice(), ""));
}

#[tokio::test]
async fn malformed_fields_are_named_and_other_peoples_cash_is_not_there() {
    let journal = Journal::start().await;
    let (user, other) = (journal.user(), journal.user());
    let account = user.account("Main").await;

    assert_field(&create(&user, cash(&account, "salary", "1", 0)).await.unwrap_err(), "kind");
    assert_field(&create(&user, cash(&account, "deposit", "much", 0)).await.unwrap_err(), "amount");
    let dollars = CreateCashRequest { currency: "dollars".to_owned(), ..cash(&account, "deposit", "1", 0) };
    assert_field(&create(&user, dollars).await.unwrap_err(), "currency");
    assert_not_found(&create(&other, cash(&account, "deposit", "1", 0)).await.unwrap_err(), "account");
    let theirs = ListCashRequest { account_id: account.id.clone(), ..ListCashRequest::default() };
    assert_not_found(&list(&other, theirs).await.unwrap_err(), "account");
}
