//! Receives files.

use crate::support::{Journal, assert_field, csv, end, reason};
use journal_proto::trades::v1::{
    CreateImportRequest, ImportHeader, ImportStatus, create_import_request::Part,
};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Code;

fn chunk(bytes: &[u8]) -> CreateImportRequest {
    CreateImportRequest { part: Some(Part::Chunk(bytes.to_vec().into())) }
}

#[tokio::test]
async fn an_upload_is_answered_at_once_and_finishes_by_itself() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let rows = csv(["a,1,AAPL,buy,10,100,1"]);

    let import = user.upload(&account, "../../etc/Januar ü.csv", rows.as_bytes()).await.unwrap();

    assert_eq!((import.status(), import.progress), (ImportStatus::Queued, 0));
    assert_eq!((import.file_name.as_str(), import.file_bytes), ("../../etc/Januar ü.csv", rows.len() as u64));
    assert_eq!(import.account_id, account.id);
    let finished = user.finished(&import.id).await;
    assert_eq!((finished.status(), finished.progress), (ImportStatus::Completed, 100));
    assert!(finished.finished_at.is_some());
    assert_eq!(journal.stored_files(), [import.id]);
}

#[tokio::test]
async fn a_file_of_no_bytes_leaves_nothing() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let refused = user.upload(&account, "empty.csv", b"").await.unwrap_err();

    assert_field(&refused, "file");
    assert_eq!(journal.count("SELECT count(*) FROM imports").await, 0);
    assert_eq!(journal.stored_files(), Vec::<String>::new());
}

#[tokio::test]
async fn a_file_over_the_limit_leaves_nothing() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let eleven_mebibytes = vec![b'x'; 11 * 1024 * 1024];

    let refused = user.upload(&account, "large.csv", &eleven_mebibytes).await.unwrap_err();

    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::ResourceExhausted, "file-too-large"));
    assert_eq!(journal.count("SELECT count(*) FROM imports").await, 0);
    assert_eq!(journal.stored_files(), Vec::<String>::new());
}

#[tokio::test]
async fn a_file_of_exactly_the_limit_is_taken() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let taken = user.upload(&account, "full.csv", &vec![b'x'; 10 * 1024 * 1024]).await.unwrap();

    assert_eq!(taken.file_bytes, 10 * 1024 * 1024);
    assert_eq!(user.finished(&taken.id).await.status(), ImportStatus::Failed);
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let header = ImportHeader { account_id: account.id, ..ImportHeader::default() };
    let (sender, messages) = mpsc::channel(1);
    let (mut client, request) = (user.client.clone(), user.request(ReceiverStream::new(messages)));
    #[expect(clippy::disallowed_methods, reason = "a test is not a service")]
    let call = tokio::task::spawn(async move { client.create_import(request).await });

    sender.send(CreateImportRequest { part: Some(Part::Header(header)) }).await.unwrap();
    sender.send(chunk(b"symbol,side,quantity")).await.unwrap();
    testing::eventually("the file is being received", async || {
        (journal.stored_files().len() == 1).then_some(())
    })
    .await;
    call.abort();

    testing::eventually("nothing is left", async || journal.stored_files().is_empty().then_some(())).await;
    assert_eq!(journal.count("SELECT count(*) FROM imports").await, 0);
}

#[tokio::test]
async fn an_upload_that_does_not_end_as_a_whole_file_is_refused() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let header = || {
        let header = ImportHeader { account_id: account.id.clone(), ..ImportHeader::default() };
        CreateImportRequest { part: Some(Part::Header(header)) }
    };

    for messages in
        [vec![header(), chunk(b"half a f")], vec![header(), chunk(b"half a f"), end(11)], vec![header()]]
    {
        let request = user.request(tokio_stream::iter(messages));
        let refused = user.client.clone().create_import(request).await.unwrap_err();
        assert_eq!((refused.code(), reason(&refused).as_str()), (Code::Cancelled, "upload-cut-off"));
    }
    assert_eq!(journal.stored_files(), Vec::<String>::new());
    assert_eq!(journal.count("SELECT count(*) FROM imports").await, 0);
}

#[tokio::test]
async fn what_the_header_says_is_checked_before_the_file_is_read() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let header = ImportHeader { account_id: account.id.clone(), ..ImportHeader::default() };

    for (field, wrong) in [
        ("account_id", ImportHeader { account_id: "main".to_owned(), ..header.clone() }),
        ("file_name", ImportHeader { file_name: "a\0b".to_owned(), ..header.clone() }),
        ("file_name", ImportHeader { file_name: "x".repeat(256), ..header.clone() }),
        ("format", ImportHeader { format: "excel".to_owned(), ..header.clone() }),
        ("time_zone", ImportHeader { time_zone: "Mars/Olympus".to_owned(), ..header.clone() }),
        ("source_account", ImportHeader { source_account: "\u{7}".to_owned(), ..header.clone() }),
    ] {
        // The sender stays silent after the header: an answer that waits for the file would never come.
        let (sender, messages) = mpsc::channel(1);
        sender.send(CreateImportRequest { part: Some(Part::Header(wrong)) }).await.unwrap();
        let call = user.client.clone();
        let request = user.request(ReceiverStream::new(messages));
        let answer = tokio::time::timeout(Duration::from_secs(20), call.clone().create_import(request)).await;
        assert_field(&answer.unwrap().unwrap_err(), field);
        drop(sender);
    }
}

#[tokio::test]
async fn messages_out_of_order_are_refused() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let header = || {
        let header = ImportHeader { account_id: account.id.clone(), ..ImportHeader::default() };
        CreateImportRequest { part: Some(Part::Header(header)) }
    };

    for (field, messages) in [
        ("header", vec![]),
        ("header", vec![CreateImportRequest { part: None }]),
        ("header", vec![chunk(b"x"), header()]),
        ("header", vec![end(0)]),
        ("chunk", vec![header(), chunk(b"x"), header()]),
        ("chunk", vec![header(), CreateImportRequest { part: None }]),
        ("file", vec![header(), chunk(b""), end(0)]),
    ] {
        let request = user.request(tokio_stream::iter(messages));
        assert_field(&user.client.clone().create_import(request).await.unwrap_err(), field);
    }
    assert_eq!(journal.stored_files(), Vec::<String>::new());
}
