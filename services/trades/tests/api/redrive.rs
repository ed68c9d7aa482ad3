//! `trades redrive` puts dead events back to work, and says how many, or what it does not know.

use crate::support::{Journal, User, csv};
use events::outbox;
use journal_proto::{
    auth::v1::UserDeleted,
    trades::v1::{Account, Import, ImportStatus},
};
use secrecy::ExposeSecret as _;
use std::process::Command;
use testing::eventually;

/// What the command said, and whether it succeeded.
fn redrive(journal: &Journal, queue: &str) -> (bool, String) {
    let ended = Command::new(env!("CARGO_BIN_EXE_trades"))
        .args(["redrive", queue])
        .env("DATABASE_URL", &journal.database.url)
        .env("AMQP_URL", journal.events.amqp_url.value().unwrap().expose_secret())
        .env("AMQP_PREFIX", &journal.events.amqp_prefix)
        .env("LOG_FORMAT", "json")
        .output()
        .unwrap();
    let said = [ended.stdout, ended.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    (ended.status.success(), said)
}

#[tokio::test]
async fn what_rests_is_put_back_to_work_by_a_command() {
    let journal = Journal::start().await;
    let mut tx = journal.database.pool.begin().await.unwrap();
    outbox::append(&mut tx, &UserDeleted { user_id: "nobody".to_owned() }).await.unwrap();
    tx.commit().await.unwrap();
    let dead = async || journal.count("SELECT count(*) FROM inbox WHERE queue = 'trades.forget-user'").await;
    eventually("an event that no attempt can make right", async || (dead().await == 1).then_some(())).await;

    let told = eventually("the event is found", async || {
        let (well, said) = redrive(&journal, "trades.forget-user");
        assert!(well, "{said}");
        said.contains(r#""events":1"#).then_some(said)
    })
    .await;

    assert!(told.contains("events were put back to work"), "{told}");
}

/// An import that failed, and would not now.
async fn given_up(journal: &Journal, user: &User, account: &Account) -> Import {
    let owner = &journal.database.owner_pool;
    sqlx::query("ALTER TABLE fills ADD CONSTRAINT broken CHECK (false) NOT VALID")
        .execute(owner)
        .await
        .unwrap();
    let import = user.upload(account, "a.csv", csv(["a,1,AAPL,buy,10,100,1"]).as_bytes()).await.unwrap();
    let failed = user.finished(&import.id).await;
    assert_eq!(failed.status(), ImportStatus::Failed);
    sqlx::query("ALTER TABLE fills DROP CONSTRAINT broken").execute(owner).await.unwrap();
    failed
}

/// Its event is put back to work.
async fn put_back(journal: &Journal) {
    eventually("the event is put back", async || {
        let (well, said) = redrive(journal, "trades.run-import");
        assert!(well, "{said}");
        said.contains(r#""events":1"#).then_some(())
    })
    .await;
}

#[tokio::test]
async fn an_import_that_was_given_up_is_done_when_its_event_is_put_back() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let import = given_up(&journal, &user, &account).await;

    put_back(&journal).await;

    eventually("the import's end", async || {
        let import = user.finished(&import.id).await;
        (import.status() == ImportStatus::Completed && import.failure.is_empty()).then_some(())
    })
    .await;
    assert_eq!(journal.count("SELECT count(*) FROM fills").await, 1);
}

#[tokio::test]
async fn an_import_that_is_undone_while_its_event_waits_for_the_account_stays_undone() {
    let journal = Journal::start().await;
    let user = journal.user();
    let account = user.account("Main").await;
    let import = given_up(&journal, &user, &account).await;

    let mut undoing = journal.hold(&account).await;
    put_back(&journal).await;
    journal.somebody_waits().await;
    sqlx::query("UPDATE imports SET status = 'undone' WHERE id = $1::uuid")
        .bind(&import.id)
        .execute(&mut *undoing)
        .await
        .unwrap();
    undoing.commit().await.unwrap();

    eventually("the event's end", async || {
        let handled = "SELECT count(*) FROM inbox WHERE queue = 'trades.run-import' AND NOT rests";
        (journal.count(handled).await == 1).then_some(())
    })
    .await;
    assert_eq!(user.import_now(&import.id).await.status(), ImportStatus::Undone);
    assert_eq!(journal.count("SELECT count(*) FROM fills").await, 0);
}

#[tokio::test]
async fn a_queue_of_others_is_refused_with_the_names_of_the_own() {
    let journal = Journal::start().await;

    let (well, said) = redrive(&journal, "analytics.keep-cash");

    assert!(!well);
    let names = "trades.forget-user, trades.keep-export-part, trades.run-import, trades.write-export";
    assert!(said.contains(&format!("trades has no queue `analytics.keep-cash`; it has {names}")), "{said}");
}
