//! Lists fills.

use crate::support::{Journal, User, assert_field, csv, page};
use journal_proto::{
    Timestamp,
    trades::v1::{Account, ListFillsRequest, ListFillsResponse},
};
use std::fmt::Write as _;
use tonic::Status;

async fn list(user: &User, request: ListFillsRequest) -> Result<ListFillsResponse, Status> {
    Ok(user.client.clone().list_fills(user.request(request)).await?.into_inner())
}

/// 25 fills in AAPL and MSFT, two of each minute.
async fn account_with_fills(user: &User) -> Account {
    let account = user.account("Main").await;
    let mut rows = String::new();
    for n in 0..25 {
        let symbol = if n % 5 == 0 { "MSFT" } else { "AAPL" };
        writeln!(rows, "e{n},{},{symbol},buy,1,10,0", n / 2).unwrap();
    }
    user.imported(&account, csv(rows.lines())).await;
    account
}

#[tokio::test]
async fn pages_follow_one_another_newest_first_without_gap_or_repeat() {
    let journal = Journal::start().await;
    let user = journal.user();
    account_with_fills(&user).await;

    let (mut seen, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let request = ListFillsRequest { page: Some(page(4, &cursor)), ..ListFillsRequest::default() };
        let answer = list(&user, request).await.unwrap();
        pages += 1;
        seen.extend(answer.fills.iter().map(|fill| (fill.executed_at.unwrap().seconds, fill.id.clone())));
        cursor = answer.next_cursor;
        if cursor.is_empty() {
            break;
        }
    }

    let mut expected = seen.clone();
    expected.sort_by(|left, right| right.cmp(left));
    expected.dedup();
    assert_eq!((seen.len(), pages), (25, 7));
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = account_with_fills(&user).await;
    let other = user.account("Other").await;
    let import = user.imported(&other, csv(["x,3,AAPL,buy,1,10,0"])).await;
    let at = |minute: i64| Some(Timestamp { seconds: 1_767_571_200 + minute * 60, nanos: 0 });

    for (expected, request) in [
        (26, ListFillsRequest::default()),
        (25, ListFillsRequest { account_id: account.id, ..ListFillsRequest::default() }),
        (1, ListFillsRequest { import_id: import.id, ..ListFillsRequest::default() }),
        (5, ListFillsRequest { symbol: "MSFT".to_owned(), ..ListFillsRequest::default() }),
        (0, ListFillsRequest { symbol: "msft".to_owned(), ..ListFillsRequest::default() }),
        (5, ListFillsRequest { from: at(3), to: at(5), ..ListFillsRequest::default() }),
    ] {
        let told = format!("{request:?}");
        assert_eq!(list(&user, request).await.unwrap().fills.len(), expected, "{told}");
    }
}

#[tokio::test]
async fn malformed_requests_are_refused_by_field() {
    let journal = Journal::start().await;
    let user = journal.user();
    let time = |seconds| Some(Timestamp { seconds, nanos: 0 });

    for (field, request) in [
        ("limit", ListFillsRequest { page: Some(page(201, "")), ..ListFillsRequest::default() }),
        ("cursor", ListFillsRequest { page: Some(page(1, "nonsense")), ..ListFillsRequest::default() }),
        ("account_id", ListFillsRequest { account_id: "1".to_owned(), ..ListFillsRequest::default() }),
        ("import_id", ListFillsRequest { import_id: "1".to_owned(), ..ListFillsRequest::default() }),
        ("symbol", ListFillsRequest { symbol: "A\0".to_owned(), ..ListFillsRequest::default() }),
        ("from", ListFillsRequest { from: time(i64::MAX), ..ListFillsRequest::default() }),
        ("to", ListFillsRequest { to: time(i64::MIN), ..ListFillsRequest::default() }),
    ] {
        assert_field(&list(&user, request).await.unwrap_err(), field);
    }
}
