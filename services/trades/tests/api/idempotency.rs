//! A key is kept with the work that it stands for, or not at all.

use crate::{
    process::Process,
    support::{Journal, User},
};
use journal_proto::trades::v1::{Account, CreateAccountRequest};
use runtime::idempotency::{Key, is_replayed};
use sqlx::Executor as _;
use std::{collections::HashMap, time::Duration};
use testing::long_form;
use tokio::task::JoinSet;
use tonic::{Response, Status};

async fn create(user: &User, key: &str) -> Result<Response<Account>, Status> {
    let mut request = user.request(CreateAccountRequest {
        name: format!("Account of {key}"),
        broker: "Test".to_owned(),
        currency: "USD".to_owned(),
        time_zone: "UTC".to_owned(),
        ..CreateAccountRequest::default()
    });
    Key::new(key, key.as_bytes().to_vec()).unwrap().carry(&mut request);
    user.client.clone().create_account(request).await
}

/// A constraint that is looked at when a transaction commits, and never holds.
const NOTHING_COMMITS: &str = "
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''not now''; END';
    CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON accounts DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse();";

#[tokio::test]
async fn work_that_was_not_committed_leaves_no_key() {
    let journal = Journal::start().await;
    let user = journal.user();
    journal.database.owner_pool.execute(NOTHING_COMMITS).await.unwrap();
    create(&user, "k").await.unwrap_err();
    assert_eq!(journal.count("SELECT count(*) FROM idempotency_keys").await, 0);
    journal.database.owner_pool.execute("DROP TRIGGER refuse ON accounts").await.unwrap();

    let done = create(&user, "k").await.unwrap();

    assert!(!is_replayed(done.metadata()));
    assert_eq!(journal.count("SELECT count(*) FROM accounts").await, 1);
}

/// Sends a request until it is answered, whatever becomes of the service meanwhile.
async fn created(user: &User, key: &str) -> Account {
    let trying = async {
        loop {
            match create(user, key).await {
                Ok(answer) => return answer.into_inner(),
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    };
    tokio::time::timeout(Duration::from_mins(1), trying).await.unwrap()
}

/// One key after the other, each by two clients at once, while the service is killed again and again.
#[tokio::test(flavor = "multi_thread")]
async fn of_a_killed_service_each_key_is_done_once() {
    let (keys, kills) = if long_form() { (1_000, 60) } else { (120, 4) };
    let mut journal = Journal::start().await;
    let anybody = journal.user();
    journal.stop().await;
    let mut process = Process::start(&journal);
    let user = process.user(&anybody).await;
    let mut senders = JoinSet::new();
    for sender in 0..16 {
        let user = user.clone();
        senders.spawn(async move {
            let mut answers = HashMap::new();
            for nth in (sender / 2..keys).step_by(8) {
                let key = format!("key-{nth}");
                answers.insert(key.clone(), created(&user, &key).await.id);
            }
            answers
        });
    }
    for _ in 0..kills {
        let before = journal.count("SELECT count(*) FROM accounts").await;
        testing::eventually("some work", async || {
            let done = journal.count("SELECT count(*) FROM accounts").await;
            (done > before || done == keys).then_some(())
        })
        .await;
        // Wherever it is at that moment.
        tokio::time::sleep(Duration::from_millis(u64::from(process.id() % 13))).await;
        process.kill();
        process.restart(&journal);
    }

    let answers = senders.join_all().await;

    assert_eq!(journal.count("SELECT count(*) FROM accounts").await, keys);
    let mut ids = HashMap::new();
    for (key, id) in answers.into_iter().flatten() {
        let first = ids.entry(key).or_insert_with(|| id.clone());
        assert_eq!(*first, id, "both clients have the same account");
    }
    assert_eq!(ids.len(), usize::try_from(keys).unwrap());
    let stored: Vec<String> = sqlx::query_scalar("SELECT id::text FROM accounts")
        .fetch_all(&journal.database.every_row)
        .await
        .unwrap();
    assert!(ids.values().all(|id| stored.contains(id)), "an answer tells of an account that there is not");
}
