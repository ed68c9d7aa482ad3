//! Messages that arrive twice, or for what is done, do nothing.

use crate::support::{Journal, csv};
use journal_proto::trades::v1::{ImportRequested, ImportStatus};
use uuid::Uuid;

/// How many messages were handled and forgotten.
const HANDLED: &str = "SELECT count(*) FROM inbox";

#[tokio::test]
async fn a_message_delivered_again_does_nothing() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let import = user.imported(&account, csv(["a,1,AAPL,buy,10,100,1"])).await;
    let before = user.import_now(&import.id).await;
    let (event_id,): (Uuid,) =
        sqlx::query_as("SELECT event_id FROM inbox").fetch_one(&journal.database.every_row).await.unwrap();
    // Done once, so a second run would be visible as a second import: make the row look untouched.
    sqlx::query("UPDATE imports SET status = 'queued'").execute(&journal.database.every_row).await.unwrap();

    let event = ImportRequested { user_id: user.id.to_string(), import_id: import.id.clone() };
    for _ in 0..3 {
        republish(&journal, event_id, &event).await;
    }

    let marker = user.imported(&account, csv(["b,2,AAPL,buy,10,100,1"])).await;
    assert_eq!(marker.status(), ImportStatus::Completed);
    let after = user.import_now(&import.id).await;
    assert_eq!((after.status(), after.finished_at), (ImportStatus::Queued, before.finished_at));
    assert_eq!(journal.count(HANDLED).await, 2);
}

#[tokio::test]
async fn another_message_for_a_finished_or_missing_import_does_nothing() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let import = user.imported(&account, csv(["a,1,AAPL,buy,10,100,1"])).await;
    let before = (user.import_now(&import.id).await, user.trades().await);

    for import_id in [import.id.clone(), Uuid::now_v7().to_string()] {
        let event = ImportRequested { user_id: user.id.to_string(), import_id };
        republish(&journal, Uuid::now_v7(), &event).await;
    }

    testing::eventually("both are handled", async || (journal.count(HANDLED).await == 3).then_some(())).await;
    assert_eq!((user.import_now(&import.id).await, user.trades().await), before);
}

#[tokio::test]
async fn a_malformed_message_is_put_aside_and_the_next_one_is_handled() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;

    let event = ImportRequested { user_id: "nobody".to_owned(), import_id: "nothing".to_owned() };
    republish(&journal, Uuid::now_v7(), &event).await;

    let import = user.imported(&account, csv(["a,1,AAPL,buy,10,100,1"])).await;
    assert_eq!(import.status(), ImportStatus::Completed);
}

/// Sends an event under a given id, as a second delivery would.
async fn republish(journal: &Journal, event_id: Uuid, event: &ImportRequested) {
    let mut tx = journal.database.pool.begin().await.unwrap();
    let appended = events::outbox::append(&mut tx, event).await.unwrap();
    sqlx::query("UPDATE outbox SET id = $2 WHERE id = $1")
        .bind(appended)
        .bind(event_id)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    testing::eventually("the event is published", async || {
        let waiting: i64 = sqlx::query_scalar("SELECT count(*) FROM outbox WHERE id = $1")
            .bind(event_id)
            .fetch_one(&journal.database.every_row)
            .await
            .unwrap();
        (waiting == 0).then_some(())
    })
    .await;
}
