//! A process that dies while it handles an event.

use crate::{
    raw::{header, queue_of},
    recorder::{QUEUE, Recorder},
    support::World,
};
use std::time::Duration;
use testing::eventually;
use tokio::time::timeout;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn an_event_whose_process_died_is_handled_by_the_next_one() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let first = world.relay_and_consumer(recorder.clone());
    world.append("hang-once").await;
    eventually("an attempt", async || (recorder.begun() == 1).then_some(())).await;
    first.kill().await;
    recorder.heal();

    let _second = world.relay_and_consumer(recorder.clone());

    assert_eq!(world.effects_reach(1).await, ["hang-once"]);
    assert_eq!(world.count("inbox_attempts").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_kills_its_process_each_time_rests_after_five_attempts_and_its_neighbours_do_not() {
    let world = World::new().await;
    let recorder = Recorder::new();
    let first = world.relay_and_consumer(recorder.clone());
    let raw = queue_of(&world, &first).await;
    let killer = world.append("hang-always").await;
    eventually("an attempt", async || (recorder.begun() == 1).then_some(())).await;
    for number in 0..5 {
        world.append(&format!("neighbour {number}")).await;
    }
    world.outbox_is_empty().await;
    first.kill().await;

    for counted in 1..=4 {
        let instance = world.consumer(recorder.clone());
        eventually(&format!("attempt {counted} that is counted"), async || {
            (attempts(&world, killer).await == Some(counted)).then_some(())
        })
        .await;
        instance.kill().await;
    }
    let _last = world.consumer(recorder.clone());

    let dead = raw.dead_letter().await;
    assert_eq!(header(&dead, "cause"), "the process ended while it handled this event");
    let effects = world.effects_reach(5).await;
    assert!(effects.iter().all(|note| note.starts_with("neighbour")), "{effects:?}");
    eventually("the state of what rests", async || (world.given_up().await.len() == 1).then_some(())).await;
    assert_eq!(raw.waiting(".dead").await, 0);
    assert_eq!(world.count("inbox_attempts").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_may_have_killed_its_process_is_handled_alone() {
    let world = World::new().await;
    let recorder = Recorder::<2>::default();
    let declaring = world.consumer(recorder.clone());
    let raw = queue_of(&world, &declaring).await;
    declaring.stopped().await;
    let suspect = Uuid::now_v7();
    raw.send_note(suspect, "wait-suspect").await;
    raw.give_back().await;
    sqlx::query("INSERT INTO inbox_attempts VALUES ($1, $2, 2)")
        .bind(QUEUE)
        .bind(suspect)
        .execute(&world.db.pool)
        .await
        .unwrap();
    let _service = world.consumer(recorder.clone());
    eventually("the suspect's attempt", async || (recorder.begun() == 1).then_some(())).await;

    for number in 0..3 {
        raw.send_note(Uuid::now_v7(), &format!("neighbour {number}")).await;
    }
    let neighbour = timeout(Duration::from_millis(500), async {
        while recorder.begun() == 1 {
            tokio::task::yield_now().await;
        }
    });
    assert!(neighbour.await.is_err(), "a neighbour began meanwhile");
    recorder.permits.add_permits(1);

    world.effects_reach(4).await;
}

async fn attempts(world: &World, event: Uuid) -> Option<i32> {
    sqlx::query_scalar("SELECT attempts FROM inbox_attempts WHERE event_id = $1")
        .bind(event)
        .fetch_optional(&world.db.pool)
        .await
        .unwrap()
}
