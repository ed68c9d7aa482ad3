//! Accounts that an import works on.

use crate::support::{Journal, User, csv, reason};
use journal_proto::trades::v1::{Account, ImportStatus, UpdateAccountRequest};
use std::time::{Duration, Instant};
use tonic::{Code, Status};

async fn rename(user: &User, account: &Account, name: &str) -> Result<Account, Status> {
    let request = user.request(UpdateAccountRequest {
        account_id: account.id.clone(),
        name: Some(name.to_owned()),
        ..UpdateAccountRequest::default()
    });
    Ok(user.client.clone().update_account(request).await?.into_inner())
}

#[tokio::test]
async fn who_writes_into_an_account_that_is_imported_into_waits_a_moment_and_hears_why() {
    let journal = Journal::start().await;
    let user = journal.user();
    let (busy, free) = (user.account("Busy").await, user.account("Free").await);
    let holding = journal.hold(&busy).await;

    let began = Instant::now();
    let refused = rename(&user, &busy, "Main").await.unwrap_err();

    assert!(began.elapsed() >= Duration::from_secs(2), "{:?}", began.elapsed());
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::Aborted, "account-busy"));
    assert_eq!(rename(&user, &free, "Other").await.unwrap().name, "Other");

    let soon_done = async {
        journal.somebody_waits().await;
        holding.rollback().await.unwrap();
    };
    let (renamed, ()) = tokio::join!(rename(&user, &busy, "Main"), soon_done);
    assert_eq!(renamed.unwrap().name, "Main");
}

#[tokio::test]
async fn an_import_waits_for_its_account_as_long_as_it_takes() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let holding = journal.hold(&account).await;

    let rows = csv(["a,1,AAPL,buy,10,100,1", "b,2,AAPL,sell,10,101,1"]);
    let import = user.upload(&account, "fills.csv", rows.as_bytes()).await.unwrap();
    journal.somebody_waits().await;
    // Longer than a request would wait.
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(journal.count("SELECT count(*) FROM inbox_attempts").await, 0);
    assert_eq!(user.import_now(&import.id).await.status(), ImportStatus::Queued);
    holding.rollback().await.unwrap();

    assert_eq!(user.finished(&import.id).await.status(), ImportStatus::Completed);
}
