//! However often a message comes, it takes effect once.

use crate::{
    raw::queue_of,
    recorder::{Noted, QUEUE, Recorder},
    support::World,
};
use events::outbox;
use testing::eventually;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_comes_twice_takes_effect_once() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let service = world.consumer(recorder.clone());
    let raw = queue_of(&world, &service).await;
    let id = Uuid::now_v7();

    raw.send_note(id, "once").await;
    raw.send_note(id, "once").await;
    raw.send_note(Uuid::now_v7(), "then").await;

    assert_eq!(world.effects_reach(2).await, ["once", "then"]);
    assert_eq!(recorder.begun(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_whose_acknowledgement_was_lost_leaves_no_trace_but_its_effect() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let service = world.consumer(recorder.clone());
    let raw = queue_of(&world, &service).await;
    service.stopped().await;
    let id = Uuid::now_v7();
    raw.send_note(id, "once").await;
    raw.give_back().await;
    sqlx::query("INSERT INTO inbox VALUES ($1, $2)")
        .bind(QUEUE)
        .bind(id)
        .execute(&world.db.pool)
        .await
        .unwrap();
    raw.send_note(Uuid::now_v7(), "then").await;

    let _service = world.consumer(recorder.clone());

    assert_eq!(world.effects_reach(1).await, ["then"]);
    // What is given back may come after what was sent later.
    eventually("no attempt to be left", async || (world.count("inbox_attempts").await == 0).then_some(()))
        .await;
    assert_eq!(recorder.begun(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_relays_and_two_consumers_apply_a_thousand_events_once_each() {
    let world = World::new().await;
    let first = world.relay_and_consumer(Recorder::<4>::default());
    let _second = world.relay_and_consumer(Recorder::<4>::default());
    let raw = queue_of(&world, &first).await;

    let mut ids = Vec::new();
    for batch in 0..100 {
        let mut tx = world.db.pool.begin().await.unwrap();
        for number in 0..10 {
            let noted = Noted::new(&format!("{batch:02}{number}"));
            ids.push((outbox::append(&mut tx, &noted).await.unwrap(), noted.note));
        }
        tx.commit().await.unwrap();
    }
    for (id, note) in ids.iter().step_by(10) {
        raw.send_note(*id, note).await;
    }
    let last = Uuid::now_v7();
    raw.send_note(last, "zzz").await;

    let mut expected: Vec<String> = ids.into_iter().map(|(_, note)| note).collect();
    expected.push("zzz".to_owned());
    world.effects_reach(1_001).await;
    world.outbox_is_empty().await;
    first.stopped().await;
    assert_eq!(world.effects().await, expected);
    assert_eq!(world.count("inbox").await, 1_001);
}
