//! A process that dies while it handles an event.

use crate::{
    raw::{header, queue_of},
    recorder::Recorder,
    support::World,
};
use testing::eventually;

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
    let recorder = Recorder::<2>::default();
    let first = world.relay_and_consumer(recorder.clone());
    let raw = queue_of(&world, &first).await;
    let killer = world.append("hang-always").await;
    eventually("an attempt", async || (recorder.begun() == 1).then_some(())).await;
    world.append("wait-in the second slot").await;
    eventually("a neighbour", async || (recorder.begun() == 2).then_some(())).await;
    for number in 0..5 {
        world.append(&format!("wait-held {number}")).await;
    }
    world.outbox_is_empty().await;
    first.kill().await;

    for counted in 1..=4 {
        if counted == 3 {
            // From now on the neighbours would end well, if only nothing killed their process.
            recorder.permits.add_permits(6);
        }
        let instance = world.consumer(recorder.clone());
        eventually(&format!("attempt {counted} that is counted"), async || {
            let attempts: Option<i32> =
                sqlx::query_scalar("SELECT attempts FROM inbox_attempts WHERE event_id = $1")
                    .bind(killer)
                    .fetch_optional(&world.db.pool)
                    .await
                    .unwrap();
            (attempts == Some(counted)).then_some(())
        })
        .await;
        instance.kill().await;
    }
    let _last = world.consumer(recorder.clone());

    let dead = raw.dead_letter().await;
    assert_eq!(header(&dead, "cause"), "the process ended while it handled this event");
    let effects = world.effects_reach(6).await;
    assert!(effects.iter().all(|note| note.starts_with("wait")), "{effects:?}");
    assert_eq!(raw.waiting(".dead").await, 0);
    eventually("the state of what rests", async || (world.given_up().await.len() == 1).then_some(())).await;
}
