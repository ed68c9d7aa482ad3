//! What is appended is published if and only if its transaction commits.

use crate::{
    recorder::{Listener, Mentioned, Noted, Recorder},
    support::World,
};
use events::outbox;
use testing::eventually;

#[tokio::test(flavor = "multi_thread")]
async fn a_committed_event_takes_effect_together_with_its_inbox_row_and_leaves_the_outbox() {
    let world = World::new().await;
    let _service = world.relay_and_consumer(Recorder::new());

    world.append("bought").await;

    assert_eq!(world.effects_reach(1).await, ["bought"]);
    assert_eq!(world.count("inbox").await, 1);
    world.outbox_is_empty().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_a_change_that_was_rolled_back_is_never_published() {
    let world = World::new().await;
    let _service = world.relay_and_consumer(Recorder::new());

    let mut tx = world.db.pool.begin().await.unwrap();
    outbox::append(&mut tx, &Noted::new("never")).await.unwrap();
    tx.rollback().await.unwrap();
    world.append("after").await;

    assert_eq!(world.effects_reach(1).await, ["after"]);
    assert_eq!(world.count("outbox").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_whose_transaction_commits_late_is_not_skipped() {
    let world = World::new().await;
    let _service = world.relay_and_consumer(Recorder::new());
    let mut late = world.db.pool.begin().await.unwrap();
    outbox::append(&mut late, &Noted::new("late")).await.unwrap();
    world.append("early").await;
    assert_eq!(world.effects_reach(1).await, ["early"]);

    late.commit().await.unwrap();

    assert_eq!(world.effects_reach(2).await, ["early", "late"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_appended_all_at_once_all_arrive() {
    let world = World::new().await;
    let notes: Vec<Noted> = (0..1_200).map(|number| Noted::new(&format!("{number:04}"))).collect();
    let _service = world.relay_and_consumer(Recorder::<8>::default());

    let mut tx = world.db.pool.begin().await.unwrap();
    outbox::append_all(&mut tx, &notes).await.unwrap();
    tx.commit().await.unwrap();

    let expected: Vec<String> = notes.into_iter().map(|noted| noted.note).collect();
    assert_eq!(world.effects_reach(1_200).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_a_megabyte_arrive() {
    let world = World::new().await;
    let _service = world.relay_and_consumer(Recorder::new());

    for number in 0..10_u8 {
        let event = Noted { note: format!("large {number}"), ballast: vec![number; 1_000_000] };
        let mut tx = world.db.pool.begin().await.unwrap();
        outbox::append(&mut tx, &event).await.unwrap();
        tx.commit().await.unwrap();
    }

    world.effects_reach(10).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_nobody_takes_yet_waits_and_keeps_no_other_waiting() {
    let world = World::new().await;
    let _service = world.relay_and_consumer(Recorder::new());
    let mut tx = world.db.pool.begin().await.unwrap();
    outbox::append(&mut tx, &Mentioned { note: "unheard".to_owned() }).await.unwrap();
    outbox::append(&mut tx, &Noted::new("heard")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.effects_reach(1).await, ["heard"]);
    eventually("the other one was tried", async || {
        let tried: i32 = sqlx::query_scalar("SELECT coalesce(max(attempts), 0) FROM outbox")
            .fetch_one(&world.db.pool)
            .await
            .unwrap();
        (tried > 0).then_some(())
    })
    .await;

    let _latecomer = world.consumer(Listener);

    assert_eq!(world.effects_reach(2).await, ["heard", "unheard"]);
    world.outbox_is_empty().await;
}
