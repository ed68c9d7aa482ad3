//! Files that are no broker's export: refused with a reason, and nothing of them stays.

use crate::support::{Journal, csv};
use journal_proto::trades::v1::{ImportFinished, ImportHeader, ImportStatus};
use prost::Message as _;

#[tokio::test]
async fn files_that_cannot_be_read_fail_with_a_sentence_that_says_why() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let truncated = "<FlexQueryResponse queryName=\"x\" type=\"AF\"><FlexStatements count=\"1\"><FlexStatement \
                     accountId=\"U1\"><Trades><Trade accountId=\"U1\" currency=\"USD\" symbol=\"A\"";
    let mut cut_late = Vec::from(
        *b"<FlexQueryResponse queryName=\"x\" type=\"AF\"><FlexStatements count=\"1\"><FlexStatement accountId=\"U1\"><Trades>",
    );
    for n in 0..5_000 {
        let trade = format!(
            "<Trade accountId=\"U1\" currency=\"USD\" assetCategory=\"STK\" symbol=\"A\" ibExecID=\"e{n}\" \
             dateTime=\"20260105;093000\" quantity=\"1\" tradePrice=\"10\" buySell=\"BUY\" levelOfDetail=\"EXECUTION\"/>"
        );
        cut_late.extend(trade.into_bytes());
    }

    for (name, file, expected) in [
        ("garbage", b"\x00\x01\x02PK\x03\x04\xff".to_vec(), "neither text nor"),
        ("prose", b"Dear broker, please find attached".to_vec(), "not recognised"),
        ("blank", b" \n \n".to_vec(), "empty"),
        ("truncated", truncated.as_bytes().to_vec(), "cut off"),
        ("cut off at its end", cut_late, "cut off"),
        ("HTML", b"<html><body>Session expired</body></html>".to_vec(), "not recognised"),
    ] {
        let import = user.import(&account, &file).await;

        assert_eq!((import.status(), import.progress < 100), (ImportStatus::Failed, true), "{name}");
        let failure = import.failure;
        assert!(failure.contains(expected) && failure.ends_with('.'), "{name}: {failure}");
        assert!(failure.starts_with(char::is_uppercase), "{name}: {failure}");
        assert!(import.finished_at.is_some());
    }
    for nothing in ["SELECT count(*) FROM fills", "SELECT count(*) FROM trades"] {
        assert_eq!(journal.count(nothing).await, 0);
    }
    let kept: Vec<u8> = sqlx::query_scalar(
        "SELECT payload FROM outbox WHERE routing_key = 'journal.trades.v1.ImportFinished' ORDER BY id LIMIT 1",
    )
    .fetch_one(&journal.database.every_row)
    .await
    .unwrap();
    let told = ImportFinished::decode(kept.as_slice()).unwrap();
    assert_eq!((told.account_name.as_str(), told.import.unwrap().status()), ("Main", ImportStatus::Failed));
}

#[tokio::test]
async fn a_file_of_another_format_than_named_is_refused() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let header = ImportHeader {
        account_id: account.id,
        format: "ibkr-flex-xml".to_owned(),
        ..ImportHeader::default()
    };

    let import = user.upload_as(header, csv(["a,1,AAPL,buy,10,100,1"]).as_bytes()).await.unwrap();
    let import = user.finished(&import.id).await;

    assert_eq!((import.status(), import.format.as_str()), (ImportStatus::Failed, "ibkr-flex-xml"));
    assert!(!import.failure.is_empty());
}

#[tokio::test]
async fn numbers_beyond_exact_arithmetic_fail_the_import_instead_of_being_rounded() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let large = "9".repeat(60);
    let rows = [format!("a,1,X,buy,{large},{large},0"), format!("b,2,X,sell,{large},0,0")];

    let import = user.import(&account, csv(rows.iter().map(String::as_str))).await;

    assert_eq!(import.status(), ImportStatus::Failed);
    assert!(
        import.failure.contains("execution b") && import.failure.contains("76 digits"),
        "{}",
        import.failure
    );
    assert_eq!(journal.count("SELECT count(*) FROM fills").await, 0);
}

#[tokio::test]
async fn a_file_that_is_gone_from_the_store_fails_the_import() {
    let mut journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let import = user.imported(&account, csv(["a,1,AAPL,buy,10,100,1"])).await;
    journal.stop().await;
    std::fs::remove_dir_all(journal.files.path().join("files")).unwrap();
    let requeue = "UPDATE imports SET status = 'queued'";
    sqlx::query(requeue).execute(&journal.database.every_row).await.unwrap();
    let event = journal_proto::trades::v1::ImportRequested {
        user_id: user.id.to_string(),
        import_id: import.id.clone(),
    };
    let mut connection = journal.database.pool.acquire().await.unwrap();
    events::outbox::append(&mut connection, &event).await.unwrap();

    journal.run();

    let user = crate::support::User { client: journal.client(), ..user };
    let import = user.finished(&import.id).await;
    assert!(import.failure.contains("upload it again"), "{}", import.failure);
}
