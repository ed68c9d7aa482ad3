//! What each event becomes on the live stream, and in the inbox.

use crate::{
    catalogue::{
        id, import, import_finished, import_progressed, session_revoked, statistics_updated, trade,
        trades_changed,
    },
    support::{Ground, Instance, User, data, next, until},
};
use journal_proto::{
    analytics::v1::StatisticsUpdated,
    notifications::v1::LiveMessage,
    trades::v1::{Import, ImportStatus, TradesChanged},
};
use serde_json::json;
use tonic::Streaming;

/// One instance, one user, and the user's live stream.
async fn stage(name: &str) -> (Ground, Instance, User, Streaming<LiveMessage>) {
    let ground = Ground::new(name).await;
    let (instance, user) = (ground.instance().await, User::new());
    let (messages, _) = instance.subscribe(&user, None).await;
    (ground, instance, user, messages)
}

#[tokio::test]
async fn progress_of_an_import_is_told() {
    let (mut ground, _instance, user, mut messages) = stage("progress").await;
    let import = import();

    ground.publish(&import_progressed(&user, &import, 40)).await;

    let message = next(&mut messages).await;
    assert_eq!((message.seq, message.r#type.as_str()), (1, "import.progress"));
    let expected = json!({
        "import_id": import.id, "account_id": import.account_id, "file_name": "july.csv",
        "progress": 40, "rows_read": 1_200,
    });
    assert_eq!(data(&message), expected);
}

#[tokio::test]
async fn a_completed_import_is_told_live_and_stands_in_the_inbox() {
    let (mut ground, instance, user, mut messages) = stage("completed").await;
    let import = import();

    ground.publish(&import_finished(&user, &import)).await;

    let (finished, created) = (next(&mut messages).await, next(&mut messages).await);
    let expected = json!({
        "id": import.id, "account_id": import.account_id, "account_name": "Interactive Brokers",
        "status": "completed", "file_name": "july.csv", "format": "generic-csv",
        "rows": { "total": 354, "read": 352, "skipped": 2, "rejected": 0 },
        "fills": { "new": 12, "known": 340, "changed": 0 },
        "trades": { "opened": 3, "closed": 4, "changed": 1 },
        "failure": null,
    });
    assert_eq!((finished.seq, finished.r#type.as_str(), data(&finished)), (1, "import.finished", expected));
    let notification = ground.inbox(&instance, &user, 1).await.remove(0);
    let data = data(&created);
    assert_eq!((created.seq, created.r#type.as_str()), (2, "notification.created"));
    assert_eq!(data["id"], notification.id);
    assert_eq!(data["kind"], "import-finished");
    assert_eq!(data["title"], "july.csv imported");
    assert_eq!(data["body"], notification.body);
    assert_eq!(data["subject_id"], import.id);
    assert_eq!(data["read_at"], json!(null));
    assert!(data["created_at"].as_str().unwrap().ends_with('Z'), "{data}");
    assert_eq!(notification.subject_id, import.id);
    assert_eq!(
        notification.body,
        "july.csv imported into Interactive Brokers: 12 new fills, 340 known; \
         3 trades opened, 1 trade changed, 4 trades closed."
    );
}

#[tokio::test]
async fn a_failed_import_is_told_with_its_cause() {
    let (mut ground, instance, user, mut messages) = stage("failed").await;
    let failure = "The file is empty: export it again.".to_owned();
    let import = Import { status: ImportStatus::Failed.into(), failure: failure.clone(), ..import() };

    ground.publish(&import_finished(&user, &import)).await;

    let finished = data(&next(&mut messages).await);
    assert_eq!((&finished["status"], &finished["failure"]), (&json!("failed"), &json!(failure)));
    let notification = ground.inbox(&instance, &user, 1).await.remove(0);
    assert_eq!(notification.kind, "import-failed");
    assert!(notification.body.ends_with(&failure), "{}", notification.body);
}

#[tokio::test]
async fn an_import_is_in_the_inbox_once_however_often_it_is_told() {
    let (mut ground, instance, user, mut messages) = stage("told_twice").await;
    let finished = import_finished(&user, &import());

    ground.publish(&finished).await;
    until(&mut messages, "notification.created").await;
    ground.publish(&finished).await;
    until(&mut messages, "import.finished").await;
    ground.publish(&statistics_updated(&user, 1)).await;
    let after = until(&mut messages, "statistics.updated").await;

    assert_eq!(after.len(), 1, "a second notice was created");
    assert_eq!(ground.inbox(&instance, &user, 1).await.len(), 1);
}

#[tokio::test]
async fn progress_that_comes_after_the_end_is_not_told() {
    let (mut ground, _instance, user, mut messages) = stage("late_progress").await;
    let (ended, running) = (import(), import());
    ground.publish(&import_finished(&user, &ended)).await;
    until(&mut messages, "notification.created").await;

    ground.publish(&import_progressed(&user, &ended, 90)).await;
    ground.publish(&import_progressed(&user, &running, 10)).await;

    assert_eq!(data(&next(&mut messages).await)["import_id"], running.id);
}

#[tokio::test]
async fn few_trades_are_told_one_by_one_with_their_money_and_without_their_notes() {
    let (mut ground, _instance, user, mut messages) = stage("trades").await;
    let (open, closed) = (trade("ES", "open"), trade("AAPL", "closed"));
    let changed = vec![open.clone(), closed.clone()];
    let import_id = id();

    let event = TradesChanged { import_id: import_id.clone(), ..trades_changed(&user, changed, 2) };
    ground.publish(&event).await;

    let (opened, told) = (next(&mut messages).await, next(&mut messages).await);
    assert_eq!((opened.r#type.as_str(), told.r#type.as_str()), ("trade.opened", "trade.closed"));
    let opened = data(&opened);
    assert_eq!((&opened["id"], &opened["status"]), (&json!(open.id), &json!("open")));
    assert_eq!((&opened["average_exit"], &opened["closed_at"]), (&json!(null), &json!(null)));
    let expected = json!({
        "id": closed.id, "account_id": closed.account_id, "symbol": "AAPL", "asset_class": "stock",
        "side": "long", "status": "closed", "quantity": "0", "average_entry": "100.5", "average_exit": "102.25",
        "opened_at": "2026-01-05T14:30:00.5Z", "closed_at": "2026-01-05T15:30:00Z",
        "gross_pnl": "17.50", "net_pnl": "16.123456789012345678", "commissions": "1",
        "fees": "0.376543210987654322", "currency": "USD", "version": 7, "import_id": import_id,
    });
    assert_eq!(data(&told), expected);
}

#[tokio::test]
async fn many_trades_are_not_told_one_by_one() {
    let (mut ground, _instance, user, mut messages) = stage("many_trades").await;
    let most: Vec<_> = (0..50).map(|_| trade("ES", "closed")).collect();

    ground.publish(&trades_changed(&user, most.clone(), 51)).await;
    ground.publish(&trades_changed(&user, most, 50)).await;
    let told = until_count(&mut messages, 50).await;
    ground.publish(&statistics_updated(&user, 8)).await;

    assert!(told.iter().all(|message| message.r#type == "trade.closed"));
    assert_eq!(next(&mut messages).await.r#type, "statistics.updated");
}

async fn until_count(messages: &mut Streaming<LiveMessage>, count: usize) -> Vec<LiveMessage> {
    let mut found = Vec::new();
    while found.len() < count {
        found.push(next(messages).await);
    }
    found
}

#[tokio::test]
async fn updated_statistics_are_told() {
    let (mut ground, _instance, user, mut messages) = stage("statistics").await;
    let import_id = id();
    let caused = StatisticsUpdated { import_id: import_id.clone(), ..statistics_updated(&user, 8) };

    ground.publish(&caused).await;
    let first = next(&mut messages).await;
    ground.publish(&statistics_updated(&user, 9)).await;
    let second = next(&mut messages).await;

    let account = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    assert_eq!(data(&first), json!({ "account_id": account, "revision": 8, "import_id": import_id }));
    assert_eq!(data(&second), json!({ "account_id": account, "revision": 9, "import_id": null }));
    assert_eq!((first.seq, second.seq), (1, 2));
}

#[tokio::test]
async fn an_ended_session_is_told() {
    let (mut ground, _instance, user, mut messages) = stage("session").await;
    let session_id = id();

    ground.publish(&session_revoked(&user, &session_id, "logout")).await;

    let message = next(&mut messages).await;
    assert_eq!(message.r#type, "session.revoked");
    assert_eq!(data(&message), json!({ "session_id": session_id, "reason": "logout" }));
}

#[tokio::test]
async fn a_session_that_may_have_been_stolen_stands_in_the_inbox_once() {
    let (mut ground, instance, user, mut messages) = stage("stolen_session").await;
    let session_id = id();
    let revoked = session_revoked(&user, &session_id, "refresh-token-reuse");

    ground.publish(&revoked).await;
    until(&mut messages, "notification.created").await;
    ground.publish(&revoked).await;
    until(&mut messages, "session.revoked").await;

    let inbox = ground.inbox(&instance, &user, 1).await;
    assert_eq!(inbox.len(), 1);
    assert_eq!((inbox[0].kind.as_str(), &inbox[0].subject_id), ("session-reused", &session_id));
    assert!(inbox[0].body.contains("Firefox on Linux"), "{}", inbox[0].body);
}

#[tokio::test]
async fn an_event_that_makes_no_sense_harms_nothing_that_follows() {
    let (mut ground, _instance, user, mut messages) = stage("nonsense").await;
    let nonsense = StatisticsUpdated { user_id: "\0".to_owned(), ..statistics_updated(&user, 1) };
    let half = StatisticsUpdated { account_id: String::new(), ..statistics_updated(&user, 2) };

    ground.publish_all(&[nonsense, half, statistics_updated(&user, 3)]).await;

    let message = next(&mut messages).await;
    assert_eq!((message.seq, &data(&message)["revision"]), (1, &json!(3)));
}
