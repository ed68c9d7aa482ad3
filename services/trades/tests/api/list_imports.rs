//! Lists imports.

use crate::support::{Journal, User, assert_field, csv, page};
use journal_proto::trades::v1::{ListImportsRequest, ListImportsResponse, Page};
use tonic::Status;

async fn list(user: &User, account_id: &str, page: Page) -> Result<ListImportsResponse, Status> {
    let request = ListImportsRequest { account_id: account_id.to_owned(), page: Some(page) };
    Ok(user.client.clone().list_imports(user.request(request)).await?.into_inner())
}

#[tokio::test]
async fn imports_are_listed_newest_first_page_by_page() {
    let journal = Journal::start().await;
    let user = journal.user();
    let (account, other) = (user.account("Main").await, user.account("Other").await);
    let mut expected = Vec::new();
    for n in 0..3 {
        expected
            .insert(0, user.imported(&account, csv([format!("e{n},{n},AAPL,buy,1,10,0").as_str()])).await.id);
    }
    let elsewhere = user.imported(&other, csv(["x,1,AAPL,buy,1,10,0"])).await.id;

    let first = list(&user, &account.id, page(2, "")).await.unwrap();
    let second = list(&user, &account.id, page(2, &first.next_cursor)).await.unwrap();

    let ids: Vec<String> = first.imports.into_iter().chain(second.imports).map(|import| import.id).collect();
    assert_eq!(ids, expected);
    assert_eq!(second.next_cursor, "");
    assert_eq!(list(&user, "", page(0, "")).await.unwrap().imports[0].id, elsewhere);
}

#[tokio::test]
async fn diagnostics_are_counted_in_the_list_and_shown_by_the_import() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let import = user.imported(&account, csv(["a,1,AAPL,buy,ten,100,1"])).await;

    let listed = list(&user, "", page(0, "")).await.unwrap().imports.remove(0);

    assert_eq!((listed.diagnostics.len(), listed.diagnostics_total), (0, 1));
    assert_eq!(import.diagnostics.len(), 1);
}

#[tokio::test]
async fn malformed_requests_are_refused_by_field() {
    let journal = Journal::start().await;
    let user = journal.user();

    assert_field(&list(&user, "main", page(0, "")).await.unwrap_err(), "account_id");
    assert_field(&list(&user, "", page(1_000, "")).await.unwrap_err(), "limit");
    assert_field(&list(&user, "", page(1, "\0")).await.unwrap_err(), "cursor");
}
