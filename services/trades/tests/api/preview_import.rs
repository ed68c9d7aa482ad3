//! Tells what an import would do, and stores nothing.

use crate::support::{Journal, User, assert_not_found, csv, upload_messages};
use journal_proto::trades::v1::{Account, Import, ImportFills, ImportHeader, ImportStatus, ImportTrades};
use tonic::Status;

async fn preview(user: &User, account: &Account, bytes: &[u8]) -> Result<Import, Status> {
    let header = ImportHeader {
        account_id: account.id.clone(),
        file_name: "fills.csv".to_owned(),
        ..ImportHeader::default()
    };
    let messages = tokio_stream::iter(upload_messages(header, bytes));
    Ok(user.client.clone().preview_import(user.request(messages)).await?.into_inner())
}

#[tokio::test]
async fn a_preview_counts_what_is_new_known_and_changed_and_leaves_nothing() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    user.imported(&account, csv(["a,1,X,buy,10,100,1", "b,2,X,buy,10,101,1"])).await;
    let before = (user.trades().await, journal.stored_files());
    let events = journal.count("SELECT count(*) FROM outbox").await;

    let rows = csv(["a,1,X,buy,10,100,1", "b,2,X,buy,10,102,1", "c,3,X,sell,20,103,1"]);
    let told = preview(&user, &account, rows.as_bytes()).await.unwrap();

    assert_eq!(
        (told.id.as_str(), told.status(), told.format.as_str()),
        ("", ImportStatus::Completed, "generic-csv")
    );
    assert_eq!(told.fills.unwrap(), ImportFills { new: 1, known: 1, changed: 1 });
    assert_eq!(told.trades.unwrap(), ImportTrades { opened: 0, closed: 1, changed: 1 });
    assert_eq!((told.diagnostics[0].line, told.diagnostics[0].code.as_str()), (3, "conflict"));
    assert_eq!((user.trades().await, journal.stored_files()), before);
    assert_eq!(journal.count("SELECT count(*) FROM imports").await, 1);
    assert_eq!(journal.count("SELECT count(*) FROM outbox").await, events);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why_at_once() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let told = preview(&user, &account, &[0xff; 4_000]).await.unwrap();

    assert_eq!(told.status(), ImportStatus::Failed);
    assert!(!told.failure.is_empty());
    assert_eq!(journal.stored_files(), Vec::<String>::new());
}

#[tokio::test]
async fn the_zone_of_a_file_and_where_it_came_from_are_told() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let file = "execution_id,timestamp,symbol,side,quantity,price\na,2026-01-05 09:30:00,X,buy,1,1\n";

    let told = preview(&user, &account, file.as_bytes()).await.unwrap();

    let zones: Vec<_> =
        told.zones.iter().map(|zone| (zone.source.as_str(), zone.time_zone.as_str())).collect();
    assert_eq!(zones, [("broker-default", "UTC")]);
    assert!(told.confidence > 0.0 && told.confidence <= 1.0, "{}", told.confidence);
}

#[tokio::test]
async fn other_peoples_accounts_are_not_there() {
    let journal = Journal::start().await;
    let (user, other) = (journal.user(), journal.user());
    let account = user.account("Main").await;

    assert_not_found(&preview(&other, &account, b"x").await.unwrap_err(), "account");
}
